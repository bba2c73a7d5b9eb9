/** Of runs `r`: those of all orgs that are wanted or under way, in the words of their index `sync_runs_to_do`. */
export const WORK_TO_DO = `coalesce(r.finished_at, 'infinity') = 'infinity' AND r.status IN ('queued', 'running')`;

/** Of states `s` that are stopped, at the time `$1`: the stop is to be tried again. One stored without a time is, too. */
export const RETRY_DUE = `coalesce((s.blocked->>'retryAt')::timestamptz, '-infinity') <= $1`;

/** Of runs `r` and states `s` at the time `$1`: neither a block nor a back-off holds up the run. */
export const RUNNABLE = `(s.blocked IS NULL OR (s.blocked->>'scope' = 'push' AND r.kind = 'pull') OR ${RETRY_DUE})
  AND (s.next_attempt_at IS NULL OR s.next_attempt_at <= $1)`;
