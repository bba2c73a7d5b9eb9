import { Injectable } from '@nestjs/common';
import { BranchNotFound, MergeRequestsDisabled, WorkBranchRefused, type GitLab } from '@app/gitlab';
import type { SyncTarget } from '@app/project-config';
import { ancestors } from '../../domain/commit-plan';

/** GitLab's role Developer. */
const DEVELOPER = 30;

type Place = Pick<SyncTarget, 'projectId' | 'publish' | 'workBranch'>;

/** Checks rights, rules and names before the first commits. GitLab would refuse a merge request after them. */
@Injectable()
export class ProposalRights {
  /** @throws MergeRequestsDisabled, WorkBranchRefused */
  async require(gitlab: GitLab, { projectId }: Place, branch: string): Promise<void> {
    const { mergeRequestsEnabled, accessLevel } = await gitlab.project(projectId);
    if (!mergeRequestsEnabled) throw new MergeRequestsDisabled();
    if (accessLevel === null) return;
    if (accessLevel < DEVELOPER)
      throw new WorkBranchRefused(branch, 'the role of the token’s user is lower than Developer');
    const rules = await gitlab.protectionsOf(projectId, branch);
    const closed = rules?.find(({ pushLevel }) => pushLevel === null || pushLevel > accessLevel);
    if (closed)
      throw new WorkBranchRefused(
        branch,
        `the protection rule ${closed.pattern} does not let the token push`,
      );
  }

  /** Returns the problems that a merge request of the target would meet, each as a sentence. */
  async problems(gitlab: GitLab, target: Place): Promise<readonly string[]> {
    if (target.publish === 'direct') return [];
    try {
      await this.require(gitlab, target, target.workBranch);
    } catch (error) {
      if (!(error instanceof MergeRequestsDisabled || error instanceof WorkBranchRefused)) throw error;
      return [error.message];
    }
    const taken: string[] = [];
    for (const name of ancestors(target.workBranch))
      if (await exists(gitlab, target.projectId, name))
        taken.push(
          `Branch ${target.workBranch} cannot exist beside branch ${name}. Choose another work branch.`,
        );
    return taken;
  }
}

async function exists(gitlab: GitLab, projectId: number, branch: string): Promise<boolean> {
  try {
    await gitlab.branch(projectId, branch);
    return true;
  } catch (error) {
    if (error instanceof BranchNotFound) return false;
    throw error;
  }
}
