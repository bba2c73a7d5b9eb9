import type { FakeGitLabInstance } from './fake-gitlab-instance';
import { protectionsOf } from './access';
import type { Caller, Project } from './model';
import { notFound, Refused } from './refusal';

/** Creates and deletes branches through the API (docs/gitlab-api.md#branches). */
export class Branches {
  constructor(private readonly instance: FakeGitLabInstance) {}

  create(caller: Caller, project: Project, branch: string, ref: string): void {
    const { repository } = project;
    if (!this.instance.access.mayPush(project, caller, branch)) throw new Refused({ is: 'forbidden' });
    if (branchNameFault(branch)) throw said('Branch name is invalid');
    if (repository.branches.has(branch)) throw said('Branch already exists');
    const taken = repository.branchInTheWayOf(branch);
    if (taken)
      throw said(`Failed to create branch '${branch}': '${taken}' exists; cannot create '${branch}'`);
    const from = repository.resolve(ref);
    if (!from) throw said(`Invalid reference name: ${ref}`);
    this.instance.pushes.moveBranch(project, branch, from.id, caller.user);
  }

  delete(caller: Caller, project: Project, branch: string): void {
    const { repository } = project;
    if (!repository.branches.has(branch)) throw notFound('Branch');
    if (!this.instance.access.mayPush(project, caller, branch)) throw new Refused({ is: 'forbidden' });
    if (repository.defaultBranch === branch) throw refused(405, 'Cannot remove HEAD branch');
    if (protectionsOf(project, branch).length) throw refused(405, 'Protected branch cant be removed');
    this.instance.pushes.moveBranch(project, branch, null, caller.user);
  }
}

/** Returns whether `git check-ref-format --branch` refuses the name. */
export function branchNameFault(name: string): boolean {
  const forms = [/^[-/.]|[/.]$|\.lock$|^@$|^HEAD$/, /\.\.|\/\/|\/\.|@\{|\.lock\//, /[\0-\x20\x7f~^:?*[\\]/];
  return name === '' || forms.some((form) => form.test(name));
}

function said(message: string) {
  return refused(400, message);
}

function refused(status: number, message: string) {
  return new Refused({ is: 'message', status, message });
}
