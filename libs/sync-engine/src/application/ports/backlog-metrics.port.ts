/** Waiting and stuck work over all orgs: figures for operators, without names. */
export interface Backlog {
  /** Runs that are wanted or under way. */
  readonly open: number;
  /** When the oldest of those was wanted that nothing holds up: no back-off, no block. */
  readonly oldestSince: Date | null;
  /** Orgs with such runs, at most a thousand or so: a measure for the number of workers. */
  readonly runnableOrgs: number;
  /** Orgs whose sync stands still until a person acts. */
  readonly stopped: number;
  /** Orgs whose sync is retried automatically. */
  readonly retrying: number;
  readonly conflicts: number;
  readonly quarantined: number;
}

export abstract class BacklogMetrics {
  abstract measure(now: Date): Promise<Backlog>;
}
