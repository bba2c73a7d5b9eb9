import type { ContextStore } from '@app/context-store';
import type { SyncState } from '../../domain/sync-state';

/**
 * Checks whether Dot has changes that GitLab lacks, or files that no pending change carries. `RecoverMissedEvents`
 * asks for many orgs per query.
 */
export async function hasSomethingToPush(
  { org, snapshotDue, pushedRevision }: Pick<SyncState, 'org' | 'snapshotDue' | 'pushedRevision'>,
  store: ContextStore,
): Promise<boolean> {
  return snapshotDue || (await store.countMadeInDotAfter(org, pushedRevision)) > 0;
}
