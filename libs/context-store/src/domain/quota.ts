/** The space that an org's current files take. History does not count; retention limits it. */
export interface Usage {
  readonly bytes: number;
  readonly files: number;
}

/** Limits for the current files of an org. */
export interface Quota {
  readonly maxBytes: number;
  readonly maxFiles: number;
}

export const NO_USAGE: Usage = { bytes: 0, files: 0 };
export const DEFAULT_QUOTA: Quota = { maxBytes: 1024 ** 3, maxFiles: 100_000 };

/** Returns the limit that a change would exceed; null if none. Files that already exceed it may stay, and shrink. */
export function exceeded(quota: Quota, before: Usage, after: Usage): keyof Usage | null {
  if (after.files > quota.maxFiles && after.files > before.files) return 'files';
  if (after.bytes > quota.maxBytes && after.bytes > before.bytes) return 'bytes';
  return null;
}
