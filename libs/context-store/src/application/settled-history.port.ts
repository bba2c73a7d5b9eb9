import type { OrgId } from '@app/kernel';

/** Decides which part of an org's history Dot may prune. Implemented by the host of this module. */
export abstract class SettledHistory {
  /**
   * Returns the last revision that Git also holds; null if the org is not connected, so that Dot has the only copy.
   */
  abstract supersededUpTo(org: OrgId): Promise<number | null>;
  /** Returns the versions that something else refers to. */
  abstract inUse(org: OrgId, versions: readonly string[]): Promise<ReadonlySet<string>>;
}
