import type { SyncTarget } from '@app/project-config';
import { isOpen } from '../../domain/merge-request';
import type { Proposal } from '../../domain/proposal';

/**
 * Says what the next push does to changes that wait, if the way of publishing has changed since. `waiting`: changes that
 * are not pushed.
 */
export function publishingWarnings(
  { publish, branch, workBranch }: Pick<SyncTarget, 'publish' | 'branch' | 'workBranch'>,
  proposal: Proposal | null,
  waiting: number,
): string[] {
  if (publish === 'direct') return proposal?.cycle?.exists ? [withdrawn(proposal, branch)] : [];
  if (proposal || !waiting) return [];
  return [
    `${changes(waiting)} not pushed yet; the next push proposes ${waiting === 1 ? 'it' : 'them'} by a merge request from ${workBranch}`,
  ];
}

function withdrawn({ mergeRequest, cycle }: Proposal, branch: string): string {
  const from = mergeRequest && isOpen(mergeRequest) ? `merge request !${mergeRequest.iid}` : cycle!.branch;
  const end =
    mergeRequest && isOpen(mergeRequest) && mergeRequest.ours ? ' and closes the merge request' : '';
  return `The changes of ${from} have not landed; the next push commits them to ${branch}${end}`;
}

const changes = (n: number): string => (n === 1 ? '1 change is' : `${n} changes are`);
