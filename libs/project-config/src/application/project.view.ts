import type { Branch, Project } from '@app/gitlab';
import { inert } from '@app/kernel';
import type { ReportStatus } from '../domain/report-status';
import type { SyncTarget } from '../domain/sync-target';

/** A sync target as shown to people. */
export interface ProjectView {
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
  /** Whether pulls post their result on the commit. */
  readonly reportStatus: ReportStatus;
  /** True if Dot created the project. */
  readonly created: boolean;
  /** The problems of the directories and their corrections. */
  readonly warnings: readonly string[];
}

export interface ProjectChoice {
  readonly id: number;
  readonly name: string;
  readonly pathWithNamespace: string;
  readonly webUrl: string;
  readonly defaultBranch: string | null;
  readonly emptyRepo: boolean;
  readonly archived: boolean;
}

export interface BranchChoice {
  readonly name: string;
  readonly default: boolean;
  readonly protected: boolean;
  readonly canPush: boolean;
}

export function projectView(target: SyncTarget, warnings: readonly string[]): ProjectView {
  const { projectId, pathWithNamespace, webUrl, branch, created } = target;
  const { autoSync, autoPull, messagePrefix, fallbackAuthor, reportStatus } = target;
  const { directories } = target.scope;
  return {
    ...{ projectId, pathWithNamespace, webUrl, branch, directories },
    ...{ autoSync, autoPull, messagePrefix, fallbackAuthor, reportStatus, created },
    warnings,
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
