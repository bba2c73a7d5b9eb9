import type { OrgId } from '@app/kernel';
import type { BaseEntry } from '../../domain/reconcile';

/** Base of each path of an org. Writes join the caller's transaction. */
export abstract class BaseEntries {
  /** Returns the base of these paths, of the directories above them and of the files below them. */
  abstract around(org: OrgId, paths: readonly string[]): Promise<Map<string, BaseEntry>>;
  /** Returns the base of the first paths after this one, in the order of their code points. */
  abstract after(org: OrgId, path: string, limit: number): Promise<Map<string, BaseEntry>>;
  abstract all(org: OrgId): Promise<Map<string, BaseEntry>>;
  /** The entries whose deletion waits for a person. */
  abstract waitingDeletions(org: OrgId): Promise<Map<string, BaseEntry>>;
  abstract countWaitingDeletions(org: OrgId): Promise<number>;
  /** Counts the paths that Dot holds by the base. */
  abstract countInDot(org: OrgId): Promise<number>;
  /** Sets the base of paths; `supersededUpTo` never goes down, and `seenAt` changes only together with GitLab's blob. */
  abstract agree(org: OrgId, entries: ReadonlyMap<string, BaseEntry>): Promise<void>;
  /** Notes that GitLab holds the base of these paths at this commit. */
  abstract noteSeen(org: OrgId, paths: readonly string[], commit: string): Promise<void>;
  abstract forget(org: OrgId, paths: readonly string[] | 'all'): Promise<void>;
}
