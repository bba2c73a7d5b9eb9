/** What an org's current files take; their history counts by its own retention. */
export interface Usage {
  readonly bytes: number;
  readonly files: number;
}

/** What they may take. */
export interface Quota {
  readonly maxBytes: number;
  readonly maxFiles: number;
}

export const NO_USAGE: Usage = { bytes: 0, files: 0 };
export const DEFAULT_QUOTA: Quota = { maxBytes: 1024 ** 3, maxFiles: 100_000 };

/** Returns what would grow beyond the quota; null if nothing does. What exceeds it already may stay, and shrink. */
export function exceeded(quota: Quota, before: Usage, after: Usage): keyof Usage | null {
  if (after.files > quota.maxFiles && after.files > before.files) return 'files';
  if (after.bytes > quota.maxBytes && after.bytes > before.bytes) return 'bytes';
  return null;
}
