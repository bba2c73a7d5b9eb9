import { DEFAULT_QUOTA, type Quota } from '../domain/quota';

export class ContextStoreSettings {
  /** Refuses larger files. */
  readonly maxFileBytes: number = 1_048_576;
  /** Bytes of recently read files that this process caches. */
  readonly cacheBytes: number = 64 * 1_048_576;
  /** Limits for the files of one org. */
  readonly quota: Quota = DEFAULT_QUOTA;

  constructor(settings: Partial<ContextStoreSettings> = {}) {
    Object.assign(this, settings);
  }
}
