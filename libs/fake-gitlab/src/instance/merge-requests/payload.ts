import type { FakeGitLabInstance } from '../fake-gitlab-instance';
import { fullPath } from '../model';
import type { User } from '../model';
import { projectPayload, repositoryPayload } from '../push-payload';
import type { MergeRequestEvent } from './merge-requests';
import { detailedStatus, publicStatus } from './mergeability';
import { isDraft } from './model';
import type { MergeRequest } from './model';

const STATE_IDS = { opened: 1, closed: 2, merged: 3, locked: 4 };

/** Returns the body of a merge request hook (docs/gitlab-api.md#merge-request-webhooks). */
export function mergeRequestPayload(
  instance: FakeGitLabInstance,
  { mergeRequest: mr, action, user, changes, oldrev }: MergeRequestEvent,
): Record<string, unknown> {
  return {
    object_kind: 'merge_request',
    event_type: 'merge_request',
    user: person(user),
    project: projectPayload(instance, mr.project),
    repository: repositoryPayload(instance, mr.project),
    object_attributes: { ...attributes(instance, mr), action, ...(oldrev !== undefined && { oldrev }) },
    labels: [],
    changes,
  };
}

function attributes(instance: FakeGitLabInstance, mr: MergeRequest): Record<string, unknown> {
  const draft = isDraft(mr.title);
  return {
    id: mr.id,
    iid: mr.iid,
    title: mr.title,
    description: mr.description,
    state: mr.state,
    state_id: STATE_IDS[mr.state],
    author_id: mr.author.id,
    assignee_ids: [],
    reviewer_ids: [],
    source_branch: mr.source,
    target_branch: mr.target,
    source_project_id: mr.sourceProject.id,
    target_project_id: mr.project.id,
    merge_status: publicStatus(mr.status),
    ...(instance.features.has('detailed-merge-status') && { detailed_merge_status: detailedStatus(mr) }),
    merge_commit_sha: mr.mergeCommit,
    squash_commit_sha: mr.squashCommit,
    merge_user_id: mr.mergedBy?.id ?? null,
    merge_params: { force_remove_source_branch: mr.forceRemoveSourceBranch },
    merge_error: mr.mergeError,
    last_commit: lastCommit(instance, mr),
    draft,
    work_in_progress: draft,
    system: false,
    labels: [],
    source: projectPayload(instance, mr.sourceProject),
    target: projectPayload(instance, mr.project),
    url: `${instance.url}/${fullPath(mr.project)}/-/merge_requests/${mr.iid}`,
    created_at: utc(mr.createdAt),
    updated_at: utc(mr.updatedAt),
    prepared_at: mr.preparedAt && utc(mr.preparedAt),
  };
}

function lastCommit({ url }: FakeGitLabInstance, mr: MergeRequest): object | null {
  const commit = mr.project.repository.objects.commit(mr.diff?.head ?? '');
  if (!commit) return null;
  return {
    id: commit.id,
    message: commit.message,
    title: commit.message.split('\n')[0],
    timestamp: commit.committer.at.toISOString(),
    url: `${url}/${fullPath(mr.sourceProject)}/-/commit/${commit.id}`,
    author: { name: commit.author.name, email: commit.author.email },
  };
}

function person({ id, name, username }: User): object {
  return { id, name, username, avatar_url: null, email: '[REDACTED]' };
}

/** Writes a time as in `2026-01-16 05:56:22 UTC`. */
function utc(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
