import type { Branch, Commit, Hook, Project } from '../gitlab.port';
import { GitLabUnavailable } from '../gitlab.errors';
import { webUrlOf } from '../web-url';

/** GitLab's answers, as far as they are read; what old servers leave out is optional. */
export interface ProjectRow {
  readonly id: number;
  readonly name: string;
  readonly path_with_namespace: string;
  readonly default_branch?: string | null;
  readonly empty_repo?: boolean;
  readonly archived?: boolean;
  readonly marked_for_deletion_on?: string | null;
  readonly marked_for_deletion_at?: string | null;
}

export interface CommitRow {
  readonly id: string;
  readonly parent_ids?: readonly string[];
  readonly message: string;
  readonly author_name: string;
  readonly author_email: string;
  readonly authored_date: string;
  readonly committed_date: string;
}

export interface BranchRow {
  readonly name: string;
  readonly default?: boolean;
  readonly protected?: boolean;
  readonly can_push?: boolean;
  readonly commit: CommitRow;
}

export interface HookRow {
  readonly id: number;
  readonly url: string;
  readonly push_events?: boolean;
  readonly push_events_branch_filter?: string | null;
  readonly branch_filter_strategy?: Hook['branchFilterStrategy'];
  readonly enable_ssl_verification?: boolean;
  readonly alert_status?: Hook['alertStatus'];
  readonly disabled_until?: string | null;
  readonly token_present?: boolean;
  readonly signing_token_present?: boolean;
}

export function toProject(instanceUrl: string, row: ProjectRow): Project {
  return {
    id: row.id,
    name: row.name,
    pathWithNamespace: row.path_with_namespace,
    webUrl: webUrlOf(instanceUrl, row.path_with_namespace),
    defaultBranch: row.default_branch ?? null,
    emptyRepo: row.empty_repo ?? false,
    archived: row.archived ?? false,
  };
}

export function toCommit(row: CommitRow): Commit {
  if (typeof row?.id !== 'string') throw new GitLabUnavailable('the answer is unreadable: no commit in it');
  return {
    id: row.id,
    parents: row.parent_ids ?? [],
    message: row.message,
    author: { name: row.author_name, email: row.author_email },
    authoredAt: new Date(row.authored_date),
    committedAt: new Date(row.committed_date),
  };
}

export function toBranch(row: BranchRow): Branch {
  return {
    name: row.name,
    head: toCommit(row.commit),
    default: row.default ?? false,
    protected: row.protected ?? false,
    canPush: row.can_push ?? false,
  };
}

export function toHook(row: HookRow): Hook {
  return {
    id: row.id,
    url: row.url,
    pushEvents: row.push_events ?? false,
    branchFilter: row.push_events_branch_filter || null,
    branchFilterStrategy: row.branch_filter_strategy ?? null,
    verifiesTls: row.enable_ssl_verification ?? null,
    alertStatus: row.alert_status ?? 'executable',
    disabledUntil: row.disabled_until ? new Date(row.disabled_until) : null,
    tokenPresent: row.token_present ?? null,
    signingTokenPresent: row.signing_token_present ?? null,
  };
}
