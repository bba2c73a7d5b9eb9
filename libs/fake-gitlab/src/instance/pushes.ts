import type { FakeGitLabInstance } from './fake-gitlab-instance';
import { MAINTAINER } from './model';
import type { Project, User } from './model';

export const NO_COMMIT = '0'.repeat(40);

/** GitLab fires no hook at all for a push that changes more refs than this (docs/gitlab-api.md#push-payload). */
const MOST_REFS_WITH_HOOKS = 3;

/** One branch moved: created, updated, rewound or deleted, by git or through the API. */
export interface Push {
  readonly project: Project;
  readonly branch: string;
  /** 40 zeros where the branch is new. */
  readonly before: string;
  /** 40 zeros where the branch is deleted. */
  readonly after: string;
  readonly user: User;
  readonly wasEmpty: boolean;
}

/** The one place where branches move; everyone interested in pushes is told here. */
export class Pushes {
  private readonly listeners = new Set<(push: Push) => void>();

  constructor(private readonly instance: FakeGitLabInstance) {}

  /** Called synchronously for each push that would fire hooks, whether or not the project has any. */
  onPush(listener: (push: Push) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  moveBranch(project: Project, branch: string, commit: string | null, user: User): void {
    this.moveBranches(project, new Map([[branch, commit]]), user);
  }

  /** One push of several branches; null deletes one. */
  moveBranches(project: Project, targets: ReadonlyMap<string, string | null>, user: User): void {
    const moved = [...targets].map(([branch, commit]) => this.move(project, branch, commit, user));
    project.lastActivityAt = this.instance.clock.now();
    if (moved.length > MOST_REFS_WITH_HOOKS) return;
    for (const push of moved) for (const listener of [...this.listeners]) listener(push);
  }

  private move(project: Project, branch: string, commit: string | null, user: User): Push {
    const { repository } = project;
    const [wasEmpty, before] = [repository.empty, repository.head(branch)?.id ?? NO_COMMIT];
    repository.setBranch(branch, commit);
    if (wasEmpty && this.instance.settings.protectDefaultBranch && !project.protections.length)
      project.protections = [{ name: branch, pushLevel: MAINTAINER, allowForcePush: false }];
    return { project, branch, before, after: commit ?? NO_COMMIT, user, wasEmpty };
  }
}
