import type { FakeGitLabInstance } from '../../instance/fake-gitlab-instance';
import { detailedStatus, publicStatus } from '../../instance/merge-requests/mergeability';
import { isDraft } from '../../instance/merge-requests/model';
import type { MergeRequest, MergeStatus } from '../../instance/merge-requests/model';
import { fullPath } from '../../instance/model';
import type { Caller, User } from '../../instance/model';

/** A row of a list: its status is as old as the row in GitLab's cache. */
export function listedMergeRequestEntity(instance: FakeGitLabInstance, mr: MergeRequest): object {
  if (mr.listed?.at.getTime() !== mr.updatedAt.getTime()) mr.listed = { at: mr.updatedAt, status: mr.status };
  return basicEntity(instance, mr, mr.listed!.status);
}

/** The whole entity. Reading it makes GitLab check again whether it can be merged. */
export function mergeRequestEntity(instance: FakeGitLabInstance, { user }: Caller, mr: MergeRequest): object {
  instance.mergeRequests.recheck(mr);
  const { diff } = mr;
  return {
    ...basicEntity(instance, mr, mr.status),
    subscribed: mr.author === user,
    changes_count: diff && diff.files ? String(diff.files) : null,
    head_pipeline: null,
    diff_refs: diff && { base_sha: diff.base, head_sha: diff.head, start_sha: diff.start },
    merge_error: mr.mergeError,
    first_contribution: false,
    user: { can_merge: instance.mergeRequests.merging.mayMerge(mr.project, user, mr.target) },
  };
}

function basicEntity(instance: FakeGitLabInstance, mr: MergeRequest, status: MergeStatus): object {
  const path = fullPath(mr.project);
  const draft = isDraft(mr.title);
  const person = (user: User | null) => user && personEntity(instance, user);
  return {
    id: mr.id,
    iid: mr.iid,
    project_id: mr.project.id,
    title: mr.title,
    description: mr.description,
    state: mr.state,
    created_at: mr.createdAt.toISOString(),
    updated_at: mr.updatedAt.toISOString(),
    merged_by: person(mr.mergedBy),
    merge_user: person(mr.mergedBy),
    merged_at: mr.mergedAt?.toISOString() ?? null,
    closed_by: person(mr.closedBy),
    closed_at: mr.closedAt?.toISOString() ?? null,
    target_branch: mr.target,
    source_branch: mr.source,
    source_project_id: mr.sourceProject.id,
    target_project_id: mr.project.id,
    author: person(mr.author),
    assignees: [],
    reviewers: [],
    labels: [],
    draft,
    work_in_progress: draft,
    milestone: null,
    merge_when_pipeline_succeeds: false,
    merge_status: publicStatus(status),
    ...(instance.features.has('detailed-merge-status') && {
      detailed_merge_status: detailedStatus(mr, status),
    }),
    sha: mr.diff?.head ?? null,
    merge_commit_sha: mr.mergeCommit,
    squash_commit_sha: mr.squashCommit,
    should_remove_source_branch: mr.shouldRemoveSourceBranch,
    force_remove_source_branch: mr.forceRemoveSourceBranch,
    prepared_at: mr.preparedAt?.toISOString() ?? null,
    reference: `!${mr.iid}`,
    references: { short: `!${mr.iid}`, relative: `!${mr.iid}`, full: `${path}!${mr.iid}` },
    web_url: `${instance.url}/${path}/-/merge_requests/${mr.iid}`,
    squash: mr.squash,
    squash_on_merge: mr.squash,
    task_completion_status: { count: 0, completed_count: 0 },
    has_conflicts: status === 'cannot_be_merged',
    blocking_discussions_resolved: true,
  };
}

function personEntity({ url }: FakeGitLabInstance, { id, username, name, state }: User): object {
  return {
    id,
    username,
    name,
    state,
    locked: false,
    avatar_url: null,
    web_url: `${url}/${username}`,
  };
}
