import type { FakeGitLabInstance } from '../fake-gitlab-instance';
import { protectionsOf } from '../access';
import { DEVELOPER, levelOf } from '../model';
import type { User } from '../model';
import { Refused } from '../refusal';
import type { MergeRequest } from './model';
import { Replay } from './replay';

/** Rebases a source branch: a job that ends in a force push (docs/gitlab-api.md#merging). */
export class Rebasing {
  constructor(private readonly instance: FakeGitLabInstance) {}

  /** @throws Refused 403 */
  start(mr: MergeRequest, user: User): void {
    const { sourceProject, source } = mr;
    if (!sourceProject.repository.branches.has(source)) throw forbidden('Source branch does not exist');
    if (levelOf(sourceProject, user) < DEVELOPER) throw forbidden('Cannot push to source branch');
    if (protectionsOf(sourceProject, source).some(({ allowForcePush }) => !allowForcePush))
      throw forbidden('Source branch is protected from force push');
    this.instance.jobs.add(() => this.rebase(mr, user));
  }

  private rebase(mr: MergeRequest, user: User): void {
    const { repository } = mr.sourceProject;
    const [head, target] = [repository.head(mr.source), mr.project.repository.head(mr.target)];
    if (!head || !target) return;
    const commits = repository.history.between(target.id, head.id).map(({ id }) => id);
    const replayed = new Replay(this.instance, repository).onto(target, commits, user);
    if (replayed === 'conflict') mr.mergeError = 'Rebase failed. Please rebase locally';
    else if (!repository.history.ancestors([head.id]).has(target.id))
      this.instance.pushes.moveBranch(mr.sourceProject, mr.source, replayed.id, user);
  }
}

function forbidden(why: string): Refused {
  return new Refused({ is: 'forbidden', why });
}
