/** Condition on runs `r` of all orgs: wanted or running, in the expression of their index `sync_runs_to_do`. */
export const WORK_TO_DO = `coalesce(r.finished_at, 'infinity') = 'infinity' AND r.status IN ('queued', 'running')`;

/**
 * Condition on stopped states `s` at the time `$1`: the stop is due for a retry. A stop stored without a time is due
 * too.
 */
export const RETRY_DUE = `coalesce((s.blocked->>'retryAt')::timestamptz, '-infinity') <= $1`;

/** Condition on runs `r` and states `s` at the time `$1`: neither a block nor a back-off holds up the run. */
export const RUNNABLE = `(s.blocked IS NULL OR (s.blocked->>'scope' = 'push' AND r.kind = 'pull') OR ${RETRY_DUE})
  AND (s.next_attempt_at IS NULL OR s.next_attempt_at <= $1)`;
