import { DEFAULT_QUOTA, type Quota } from '../domain/quota';

export class ContextStoreSettings {
  /** Larger files are refused. */
  readonly maxFileBytes: number = 1_048_576;
  /** What this process keeps of files it has read. */
  readonly cacheBytes: number = 64 * 1_048_576;
  /** What the files of one org may grow to. */
  readonly quota: Quota = DEFAULT_QUOTA;

  constructor(settings: Partial<ContextStoreSettings> = {}) {
    Object.assign(this, settings);
  }
}
