import type { MergeRequest } from '@app/gitlab';
import type { MergeRequestState, MergeRequestStatus } from '../../domain/merge-request';

/** Returns the merge request as the org's state keeps it. */
export function statusOf(
  request: MergeRequest,
  target: string,
  { changes, ours, written }: Pick<MergeRequestStatus, 'changes' | 'ours' | 'written'>,
): MergeRequestStatus {
  const { iid, webUrl, title, conflict, updatedAt, source: branch } = request;
  const read = { iid, webUrl, title, conflict, updatedAt, branch, state: stateOf(request, target) };
  return { ...read, changes, ours, written };
}

/** GitLab locks a merge request while it merges it. */
function stateOf({ state, target }: MergeRequest, branch: string): MergeRequestState {
  if (state === 'merged' || state === 'closed') return state;
  return target === branch ? 'opened' : 'retargeted';
}
