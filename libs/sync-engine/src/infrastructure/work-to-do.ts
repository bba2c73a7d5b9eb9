/** Of runs `r`: those of all orgs that are wanted or under way, in the words of their index `sync_runs_to_do`. */
export const WORK_TO_DO = `coalesce(r.finished_at, 'infinity') = 'infinity' AND r.status IN ('queued', 'running')`;

/** Of states `s` at the time `$1`: neither a block nor a back-off holds up the org. */
export const NOTHING_HOLDS_UP = `coalesce(s.blocked->>'scope', '') <> 'all' AND (s.next_attempt_at IS NULL OR s.next_attempt_at <= $1)`;
