/** Condition on runs `r` of all orgs: wanted or running, in the expression of their index `sync_runs_to_do`. */
export const WORK_TO_DO = `coalesce(r.finished_at, 'infinity') = 'infinity' AND r.status IN ('queued', 'running')`;

/**
 * Condition on stopped states `s` at the time `$1`: the stop is due for a retry. A stop stored without a time is due
 * too.
 */
export const RETRY_DUE = `coalesce((s.blocked->>'retryAt')::timestamptz, '-infinity') <= $1`;

/** Condition on runs `r` and states `s` at the time `$1`: neither a block nor a wait holds up the run. */
export const RUNNABLE = `(s.blocked IS NULL OR (s.blocked->>'scope' = 'push' AND r.kind = 'pull') OR ${RETRY_DUE})
  AND (s.next_attempt_at IS NULL OR s.next_attempt_at <= $1)
  AND (r.kind <> 'push' OR s.push_after IS NULL OR s.push_after <= $1)`;

/** Condition on states `s`: no worker holds the lease. */
export const LEASE_FREE = `(s.lease_until IS NULL OR s.lease_until < clock_timestamp())`;

/** Selects up to `$2` orgs without a lease that have a runnable run, a due poll or a due retry at the time `$1`. */
export const DUE_ORGS = `
  (SELECT r.org FROM sync_runs r LEFT JOIN sync_states s USING (org)
    WHERE ${WORK_TO_DO} AND ${RUNNABLE} AND ${LEASE_FREE}
    ORDER BY r.created_at LIMIT $2)
   UNION
  (SELECT org FROM sync_states s
    WHERE next_poll_at <= $1 AND coalesce(blocked->>'scope', '') <> 'all' AND ${LEASE_FREE}
    ORDER BY next_poll_at LIMIT $2)
   UNION
  (SELECT org FROM sync_states s
    WHERE (held_retry_at <= $1 OR inspect_retry_at <= $1 OR (blocked IS NOT NULL AND ${RETRY_DUE}))
      AND (next_attempt_at IS NULL OR next_attempt_at <= $1) AND ${LEASE_FREE}
    LIMIT $2)
   LIMIT $2`;

/** Selects the run of the org `$1` that starts next, of the kinds `$2`. */
export const NEXT_RUN = `(
  SELECT * FROM sync_runs
   WHERE org = $1 AND finished_at IS NULL AND status IN ('queued', 'running') AND kind = ANY($2)
   ORDER BY status = 'running' DESC, array_position(ARRAY['initial', 'pull', 'push'], kind), seq
   LIMIT 1
)`;
