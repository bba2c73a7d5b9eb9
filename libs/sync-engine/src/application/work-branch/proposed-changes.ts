import type { Change, ContextStore } from '@app/context-store';
import type { MergeRequest } from '@app/gitlab';
import type { SyncPass } from '../pass/sync-pass';

/** Changes beyond these are not listed. */
const MOST_READ = 100;

/** Returns the first changes that the work branch carries, oldest first: edits in Dot, and those of reviewers. */
export async function proposedChanges(pass: SyncPass, store: ContextStore): Promise<Change[]> {
  const from = pass.proposal?.landedRevision ?? 0;
  const changes = await store.changesAfter(pass.org, from, MOST_READ);
  const isSent = ({ revision }: Change) => revision <= pass.state.pushedRevision;
  const touches = ({ versions }: Change) =>
    versions.some(({ op, path }) => op !== 'keep' && pass.policy.mayPush(path));
  return changes.filter((change) => pass.sends(change) && isSent(change) && touches(change));
}

/** Returns when the newest edit in Dot was made; null if there is none. */
export const newestEdit = (changes: readonly Change[]): Date | null =>
  changes.findLast(({ origin }) => origin !== 'gitlab')?.at ?? null;

/** Checks whether the merge request was closed before the newest edit was made: then that edit is proposed again. */
export const isOutdatedNo = (
  { state, closedAt }: Pick<MergeRequest, 'state' | 'closedAt'>,
  newest: Date | null,
): boolean => state === 'closed' && closedAt !== null && newest !== null && newest > closedAt;
