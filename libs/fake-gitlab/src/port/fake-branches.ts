import type { Page, PageRequest } from '@app/kernel';
import type { Branch, BranchProtection } from '@app/gitlab';
import { protectionsOf } from '../instance/access';
import { levelOf, MAINTAINER } from '../instance/model';
import { branchView } from './fake-views';
import type { InProcessCalls } from './in-process-calls';
import { headOf } from './lookup';
import { reads } from './needs';
import { pageOf } from './page-of';

/** Reads branches. */
export class FakeBranches {
  constructor(private readonly calls: InProcessCalls) {}

  list(projectId: number, request: PageRequest & { readonly search?: string }): Promise<Page<Branch>> {
    const operation = { name: 'listBranches', projectId, needs: reads('read_branch') };
    return this.calls.run(operation, (instance, caller) => {
      const project = instance.access.code(caller, projectId);
      const names = [...project.repository.branches.keys()]
        .sort()
        .filter((name) => name.includes(request.search ?? ''));
      return pageOf(
        names,
        request,
        (name) => name,
        (name) => branchView(instance, caller, project, name),
      );
    });
  }

  async protectionsOf(projectId: number, name: string): Promise<readonly BranchProtection[] | null> {
    const operation = { name: 'protectionsOf', projectId, needs: reads('read_protected_branch') };
    return this.calls.run(operation, (instance, caller) => {
      const project = instance.access.project(caller, projectId);
      if (levelOf(project, caller.user) < MAINTAINER) return null;
      return protectionsOf(project, name).map((rule) => ({
        pattern: rule.name,
        pushLevel: rule.pushLevel || null,
        allowsForcePush: rule.allowForcePush,
      }));
    });
  }

  get(projectId: number, branch: string): Promise<Branch> {
    const operation = { name: 'branch', projectId, branch, needs: reads('read_branch') };
    return this.calls.run(operation, (instance, caller) => {
      const project = instance.access.code(caller, projectId);
      headOf(project, branch);
      return branchView(instance, caller, project, branch);
    });
  }
}
