import type { OrgId } from '@app/kernel';
import type { BaseEntry } from '../../domain/reconcile';
import type { ProposedEntry } from '../../domain/proposed-entry';

/**
 * Entries of an org's work branch, of the paths at which it, or the target, has changed since the branch started. Writes
 * join the caller's transaction.
 */
export abstract class ProposedEntries {
  /** Returns the entries of these paths, of the directories above them and of the files below them. */
  abstract around(org: OrgId, paths: readonly string[]): Promise<Map<string, ProposedEntry>>;
  /** Returns the entries of the first paths after this one, in the order of their code points. */
  abstract after(org: OrgId, path: string, limit: number): Promise<Map<string, ProposedEntry>>;
  abstract all(org: OrgId): Promise<Map<string, ProposedEntry>>;
  /** Sets entries by the rules of `BaseEntries.agree`. A new one starts from the target's present blob. */
  abstract agree(org: OrgId, entries: ReadonlyMap<string, BaseEntry>): Promise<void>;
  /** Keeps the target's present entries of these paths as those of the work branch, if it has none. */
  abstract preserve(org: OrgId, paths: readonly string[]): Promise<void>;
  /** Notes that the work branch holds the entry at this commit. */
  abstract noteSeen(org: OrgId, paths: readonly string[], commit: string): Promise<void>;
  abstract forget(org: OrgId, paths: readonly string[] | 'all'): Promise<void>;
}
