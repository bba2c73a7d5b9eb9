import type { Branch, Project } from '@app/gitlab';
import { inert } from '@app/kernel';
import type { ReportStatus } from '../domain/report-status';
import type { Publishing } from '../domain/publishing';
import type { SyncTarget } from '../domain/sync-target';

/** The merge request of an org, as last seen. */
export interface MergeRequestView {
  readonly iid: number;
  readonly webUrl: string;
  /** `retargeted`: somebody chose another target branch. */
  readonly state: 'opened' | 'merged' | 'closed' | 'branch_deleted' | 'retargeted';
  readonly title: string;
  /** Files that it would change. */
  readonly changes: number;
  /** True if GitLab found that the branches conflict. */
  readonly conflict: boolean;
  readonly updatedAt: string;
}

/** A sync target as shown to people. */
export interface ProjectView extends Publishing {
  readonly projectId: number;
  readonly pathWithNamespace: string;
  readonly webUrl: string;
  readonly branch: string;
  readonly directories: readonly string[];
  readonly autoSync: boolean;
  readonly autoPull: boolean;
  /** Precedes the message of each commit. */
  readonly messagePrefix: string;
  /** True if the token's user makes the commits. */
  readonly fallbackAuthor: boolean;
  /** Chooses if pulls post their result on the commit. */
  readonly reportStatus: ReportStatus;
  /** True if Dot created the project. */
  readonly created: boolean;
  /** Null without a merge request. */
  readonly mergeRequest: MergeRequestView | null;
  /** The problems of the directories and their corrections, and what becomes of changes that wait. */
  readonly warnings: readonly string[];
}

/** A project that an admin may choose. */
export interface ProjectChoice {
  readonly id: number;
  readonly name: string;
  readonly pathWithNamespace: string;
  readonly webUrl: string;
  readonly defaultBranch: string | null;
  readonly emptyRepo: boolean;
  readonly archived: boolean;
}

/** A branch that an admin may choose. */
export interface BranchChoice {
  readonly name: string;
  readonly default: boolean;
  readonly protected: boolean;
  readonly canPush: boolean;
}

export function projectView(
  target: SyncTarget,
  warnings: readonly string[],
  mergeRequest: MergeRequestView | null,
): ProjectView {
  const { projectId, pathWithNamespace, webUrl, branch, created } = target;
  const {
    autoSync,
    autoPull,
    messagePrefix,
    fallbackAuthor,
    reportStatus,
    publish,
    workBranch,
    quietSeconds,
  } = target;
  const { directories } = target.scope;
  return {
    ...{ projectId, pathWithNamespace, webUrl, branch, directories },
    ...{ autoSync, autoPull, messagePrefix, fallbackAuthor, reportStatus, created },
    ...{ publish, workBranch, quietSeconds },
    ...{ mergeRequest, warnings },
  };
}

export function projectChoice(project: Project): ProjectChoice {
  const { id, name, pathWithNamespace, webUrl, defaultBranch, emptyRepo, archived } = project;
  return { id, name: inert(name), pathWithNamespace, webUrl, defaultBranch, emptyRepo, archived };
}

export function branchChoice(branch: Branch): BranchChoice {
  return {
    name: branch.name,
    default: branch.default,
    protected: branch.protected,
    canPush: branch.canPush,
  };
}
