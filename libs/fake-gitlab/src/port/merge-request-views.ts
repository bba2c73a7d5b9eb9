import { webUrlOf } from '@app/gitlab';
import type { ListedMergeRequest, MergeRequest, ProjectPlace } from '@app/gitlab';
import type { FakeGitLabInstance } from '../instance/fake-gitlab-instance';
import { detailedStatus, publicStatus } from '../instance/merge-requests/mergeability';
import { isDraft } from '../instance/merge-requests/model';
import type * as model from '../instance/merge-requests/model';

export function listedView(
  { url }: FakeGitLabInstance,
  { pathWithNamespace }: ProjectPlace,
  mr: model.MergeRequest,
): ListedMergeRequest {
  return {
    iid: mr.iid,
    webUrl: `${webUrlOf(url, pathWithNamespace)}/-/merge_requests/${mr.iid}`,
    state: mr.state,
    title: mr.title,
    description: mr.description,
    source: mr.source,
    target: mr.target,
    draft: isDraft(mr.title),
    head: mr.diff?.head ?? null,
    createdAt: mr.createdAt,
    updatedAt: mr.updatedAt,
    closedAt: mr.closedAt,
    closedBy: mr.closedBy && { username: mr.closedBy.username, name: mr.closedBy.name },
    mergedAt: mr.mergedAt,
    mergeCommit: mr.mergeCommit,
    squashCommit: mr.squashCommit,
  };
}

/** Reading one makes GitLab check again whether it can be merged. */
export function mergeRequestView(
  instance: FakeGitLabInstance,
  place: ProjectPlace,
  mr: model.MergeRequest,
): MergeRequest {
  instance.mergeRequests.recheck(mr);
  const detailed = instance.features.has('detailed-merge-status') ? detailedStatus(mr) : null;
  const empty = mr.diff ? mr.diff.files === 0 : null;
  const conflicts = mr.status === 'cannot_be_merged' && empty === false && detailed !== 'commits_status';
  return {
    ...listedView(instance, place, mr),
    mergeStatus: detailed ?? publicStatus(mr.status),
    conflict: detailed === 'conflict' || conflicts,
    empty,
  };
}
