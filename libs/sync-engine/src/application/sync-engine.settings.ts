import { DEFAULT_QUOTA, type Quota } from '@app/context-store/core';

/** Settings of the sync that a host chooses. */
export class SyncEngineSettings {
  /** Larger files are quarantined. */
  readonly maxFileBytes: number = 1_048_576;
  /** New files beyond it are quarantined. */
  readonly quota: Quota = DEFAULT_QUOTA;
  /** Time for which a dead worker keeps others from taking over. */
  readonly leaseMs: number = 30_000;
  /** Orgs synced at a time by this process. */
  readonly concurrency: number = 16;
  /**
   * Seconds between head checks of an org without webhooks; ten times longer while webhooks arrive; 0 turns polling
   * off.
   */
  readonly pollSeconds: number = 120;
  /** Interval at which the sweeper recovers lost signals; 0 turns it off. */
  readonly sweepMs: number = 5_000;
  /** The page that the statuses of commits link to, with `{org}` and `{run}`; no link by default. */
  readonly statusUrlTemplate?: string;
  readonly random: () => number = Math.random;

  constructor(settings: Partial<SyncEngineSettings> = {}) {
    Object.assign(this, settings);
  }
}
