import type { ContextStore } from '@app/context-store';
import type { SyncTarget } from '@app/project-config';
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

/** Checks whether the org commits directly now and still has a proposal, which the next push withdraws. */
export const hasToWithdraw = (
  { proposal }: Pick<SyncState, 'proposal'>,
  { publish }: Pick<SyncTarget, 'publish'>,
): boolean => publish === 'direct' && proposal !== null;
