import type { OrgId } from '@app/kernel';

/** What of an org's history Dot may give up; the host of this module knows. */
export abstract class SettledHistory {
  /** The last revision that is settled with Git; null where the org is not connected, so that this is the only copy. */
  abstract supersededUpTo(org: OrgId): Promise<number | null>;
  /** Those of the versions that something else refers to. */
  abstract inUse(org: OrgId, versions: readonly string[]): Promise<ReadonlySet<string>>;
}
