import type { Branch, BranchProtection, Commit, Project } from '../gitlab.types';
import type { Hook } from '../hook.types';
import { date, flag, id, listOf, number, optional, row, text, type ReadAs } from './responses/shapes';
import { webUrlOf } from '../web-url';

/** Rows of GitLab's answers, with the fields that this service reads. Fields that old servers lack are optional. */
export const projectRow = row({
  id: number,
  name: text,
  path_with_namespace: text,
  default_branch: optional(text, null),
  empty_repo: optional(flag, false),
  archived: optional(flag, false),
  lfs_enabled: optional(flag, true),
  marked_for_deletion_on: optional(text, null),
  marked_for_deletion_at: optional(text, null),
  /** Servers before 9.5 had only the flag. */
  merge_requests_access_level: optional(text, null),
  merge_requests_enabled: optional(flag, true),
  merge_method: optional(text, null),
  squash_option: optional(text, null),
  permissions: optional(
    row({
      project_access: optional(row({ access_level: number }), null),
      group_access: optional(row({ access_level: number }), null),
    }),
    null,
  ),
});
export type ProjectRow = ReadAs<typeof projectRow>;

export const commitRow = row({
  id,
  parent_ids: optional(listOf(id), []),
  message: text,
  author_name: text,
  author_email: text,
  authored_date: date,
  committed_date: date,
});
export type CommitRow = ReadAs<typeof commitRow>;

export const branchRow = row({
  name: text,
  default: optional(flag, false),
  protected: optional(flag, false),
  can_push: optional(flag, false),
  commit: commitRow,
});
export type BranchRow = ReadAs<typeof branchRow>;

export const protectionRow = row({
  name: text,
  push_access_levels: optional(listOf(row({ access_level: optional(number, null) })), []),
  allow_force_push: optional(flag, false),
});
export type ProtectionRow = ReadAs<typeof protectionRow>;

export const hookRow = row({
  id: number,
  url: text,
  push_events: optional(flag, false),
  merge_requests_events: optional(flag, false),
  push_events_branch_filter: optional(text, null),
  branch_filter_strategy: optional(text, null),
  enable_ssl_verification: optional(flag, null),
  alert_status: optional(text, 'executable'),
  disabled_until: optional(date, null),
  token_present: optional(flag, null),
  signing_token_present: optional(flag, null),
});
export type HookRow = ReadAs<typeof hookRow>;

export function toProject(instanceUrl: string, row: ProjectRow): Project {
  return {
    id: row.id,
    name: row.name,
    pathWithNamespace: row.path_with_namespace,
    webUrl: webUrlOf(instanceUrl, row.path_with_namespace),
    defaultBranch: row.default_branch,
    emptyRepo: row.empty_repo,
    archived: row.archived,
    lfsEnabled: row.lfs_enabled,
    mergeRequestsEnabled: row.merge_requests_enabled && row.merge_requests_access_level !== 'disabled',
    mergeMethod: row.merge_method as Project['mergeMethod'],
    squashOption: row.squash_option as Project['squashOption'],
    accessLevel: accessLevelIn(row),
  };
}

/** A role of the project and one of its group add up to the higher one. */
function accessLevelIn({ permissions }: ProjectRow): number | null {
  const levels = [permissions?.project_access, permissions?.group_access].flatMap((access) =>
    access ? [access.access_level] : [],
  );
  return levels.length ? Math.max(...levels) : null;
}

export function toCommit(row: CommitRow): Commit {
  return {
    id: row.id,
    parents: row.parent_ids,
    message: row.message,
    author: { name: row.author_name, email: row.author_email },
    authoredAt: row.authored_date,
    committedAt: row.committed_date,
  };
}

export function toBranch(row: BranchRow): Branch {
  return {
    name: row.name,
    head: toCommit(row.commit),
    default: row.default,
    protected: row.protected,
    canPush: row.can_push,
  };
}

/** Rows without a level name a user, a group or a key. Level 0 is GitLab's "no one". */
export function toProtection({
  name,
  push_access_levels,
  allow_force_push,
}: ProtectionRow): BranchProtection {
  const levels = push_access_levels.flatMap(({ access_level: level }) => (level ? [level] : []));
  return {
    pattern: name,
    pushLevel: levels.length ? Math.min(...levels) : null,
    allowsForcePush: allow_force_push,
  };
}

export function toHook(row: HookRow): Hook {
  return {
    id: row.id,
    url: row.url,
    pushEvents: row.push_events,
    mergeRequestEvents: row.merge_requests_events,
    branchFilter: row.push_events_branch_filter || null,
    branchFilterStrategy: row.branch_filter_strategy as Hook['branchFilterStrategy'],
    verifiesTls: row.enable_ssl_verification,
    alertStatus: row.alert_status as Hook['alertStatus'],
    disabledUntil: row.disabled_until,
    tokenPresent: row.token_present,
    signingTokenPresent: row.signing_token_present,
  };
}
