import { DEFAULT_QUOTA, type Quota } from '@app/context-store';

/** What a host decides about the sync. */
export class SyncEngineSettings {
  /** Larger files are quarantined. */
  readonly maxFileBytes: number = 1_048_576;
  /** New files beyond it are quarantined. */
  readonly quota: Quota = DEFAULT_QUOTA;
  /** How long a worker that died keeps others from taking over. */
  readonly leaseMs: number = 30_000;
  /** Orgs synced at a time by this process. */
  readonly concurrency: number = 16;
  /** Head check of an org whose webhook is silent, in seconds; ten times rarer where it is heard; 0 turns polling off. */
  readonly pollSeconds: number = 120;
  /** How often the sweeper looks for lost signals; 0 turns it off. */
  readonly sweepMs: number = 5_000;
  readonly random: () => number = Math.random;

  constructor(settings: Partial<SyncEngineSettings> = {}) {
    Object.assign(this, settings);
  }
}
