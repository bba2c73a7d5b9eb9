import type { FakeGitLabInstance } from './fake-gitlab-instance';
import { MAINTAINER } from './model';
import type { Project, User } from './model';

export const NO_COMMIT = '0'.repeat(40);

/** GitLab fires no hook for a push that changes more refs than this (docs/gitlab-api.md#push-payload). */
const MOST_REFS_WITH_HOOKS = 3;

/** One moved branch: created, updated, rewound or deleted, by git or through the API. */
export interface Push {
  readonly project: Project;
  readonly branch: string;
  /** 40 zeros if the branch is new. */
  readonly before: string;
  /** 40 zeros if the branch is deleted. */
  readonly after: string;
  readonly user: User;
  readonly wasEmpty: boolean;
}

/** The only place that moves branches. Notifies all listeners of pushes. */
export class Pushes {
  private readonly listeners = new Set<(push: Push) => void>();
  private readonly moveListeners = new Set<(push: Push) => void>();

  constructor(private readonly instance: FakeGitLabInstance) {}

  /** Calls the listener synchronously for each push that would fire hooks, even if the project has none. */
  onPush(listener: (push: Push) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Calls the listener for every moved branch, also of a push that moves too many to fire hooks. */
  onMove(listener: (push: Push) => void): void {
    this.moveListeners.add(listener);
  }

  moveBranch(project: Project, branch: string, commit: string | null, user: User): void {
    this.moveBranches(project, new Map([[branch, commit]]), user);
  }

  /** Pushes several branches in one push; null deletes a branch. */
  moveBranches(project: Project, targets: ReadonlyMap<string, string | null>, user: User): void {
    const moved = [...targets].map(([branch, commit]) => this.move(project, branch, commit, user));
    project.lastActivityAt = this.instance.clock.now();
    for (const push of moved) for (const listener of this.moveListeners) listener(push);
    if (moved.length > MOST_REFS_WITH_HOOKS) return;
    for (const push of moved) for (const listener of [...this.listeners]) listener(push);
  }

  private move(project: Project, branch: string, commit: string | null, user: User): Push {
    const { repository } = project;
    const [wasEmpty, before] = [repository.empty, repository.head(branch)?.id ?? NO_COMMIT];
    repository.setBranch(branch, commit);
    if (wasEmpty && this.instance.settings.protectDefaultBranch && !project.protections.length)
      project.protections = [
        { name: branch, pushLevel: MAINTAINER, mergeLevel: MAINTAINER, allowForcePush: false },
      ];
    return { project, branch, before, after: commit ?? NO_COMMIT, user, wasEmpty };
  }
}
