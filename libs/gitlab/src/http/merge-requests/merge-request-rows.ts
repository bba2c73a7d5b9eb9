import type { ListedMergeRequest, MergeRequest, MergeRequestState } from '../../merge-request.types';
import { date, flag, id, number, oneOf, optional, row, text, type ReadAs } from '../responses/shapes';

const STATES: readonly MergeRequestState[] = ['opened', 'closed', 'merged', 'locked'];

const listed = {
  iid: number,
  source_project_id: optional(number, null),
  state: oneOf(STATES),
  title: text,
  description: optional(text, ''),
  source_branch: text,
  target_branch: text,
  draft: optional(flag, null),
  /** Replaced by `draft` in 13.2. */
  work_in_progress: optional(flag, false),
  sha: optional(id, null),
  created_at: date,
  updated_at: date,
  closed_at: optional(date, null),
  closed_by: optional(row({ username: text, name: text }), null),
  merged_at: optional(date, null),
  merge_commit_sha: optional(id, null),
  squash_commit_sha: optional(id, null),
};

export const listedRow = row(listed);
export type ListedRow = ReadAs<typeof listedRow>;

export const mergeRequestRow = row({
  ...listed,
  merge_status: optional(text, 'unchecked'),
  detailed_merge_status: optional(text, null),
  has_conflicts: optional(flag, false),
  changes_count: optional(text, null),
  diff_refs: optional(row({ head_sha: optional(id, null) }), null),
});
export type MergeRequestRow = ReadAs<typeof mergeRequestRow>;

export function toListed(row: ListedRow, projectUrl: string): ListedMergeRequest {
  return {
    iid: row.iid,
    webUrl: `${projectUrl}/-/merge_requests/${row.iid}`,
    state: row.state,
    title: row.title,
    description: row.description,
    source: row.source_branch,
    target: row.target_branch,
    draft: row.draft ?? row.work_in_progress,
    head: row.sha,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    closedAt: row.closed_at,
    closedBy: row.closed_by,
    mergedAt: row.merged_at,
    mergeCommit: row.merge_commit_sha,
    squashCommit: row.squash_commit_sha,
  };
}

export function toMergeRequest(row: MergeRequestRow, projectUrl: string): MergeRequest {
  const empty = isEmpty(row);
  return {
    ...toListed(row, projectUrl),
    mergeStatus: row.detailed_merge_status ?? row.merge_status,
    conflict: isConflict(row, empty),
    empty,
  };
}

/** The difference is computed after the merge request; one without files has no count. */
function isEmpty({ diff_refs, changes_count }: MergeRequestRow): boolean | null {
  if (!diff_refs?.head_sha && changes_count === null) return null;
  return changes_count === null || changes_count === '0';
}

/**
 * `has_conflicts` is also true for a merge request without commits or without one of its branches
 * (docs/gitlab-api.md#mergeability).
 */
function isConflict(row: MergeRequestRow, empty: boolean | null): boolean {
  if (row.detailed_merge_status === 'conflict') return true;
  return row.has_conflicts && empty === false && row.detailed_merge_status !== 'commits_status';
}
