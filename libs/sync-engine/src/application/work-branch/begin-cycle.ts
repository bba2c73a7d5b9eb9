import { Injectable } from '@nestjs/common';
import { BranchNotFound, MergeRequestsDisabled, WorkBranchNameTaken, WorkBranchRefused } from '@app/gitlab';
import { newProposal, withCycle } from '../../domain/proposal';
import type { SyncPass } from '../pass/sync-pass';
import { ProposedEntries } from '../ports/proposed-entries.port';

/** Names tried before the work branch counts as taken. */
const MOST_NAMES = 50;
/** GitLab's role Developer. */
const DEVELOPER = 30;

/** Begins a cycle: chooses a name that no branch has. The first commit creates the branch from the target's base. */
@Injectable()
export class BeginCycle {
  constructor(private readonly proposed: ProposedEntries) {}

  /** @throws MergeRequestsDisabled, WorkBranchRefused, WorkBranchNameTaken */
  async execute(pass: SyncPass): Promise<void> {
    const { org, state } = pass;
    if (state.baseCommit === null) return;
    const branch = await this.freeName(pass);
    await this.requireRights(pass, branch);
    const { baseCommit, pushedRevision } = state;
    await pass.checkpoint(async () => {
      await this.proposed.forget(org, 'all');
      return {
        state: {
          proposal: withCycle(state.proposal ?? newProposal(pushedRevision), branch, baseCommit),
        },
      };
    });
  }

  /** Never takes over a branch: somebody may still use it. */
  private async freeName({ gitlab, target }: SyncPass): Promise<string> {
    for (let n = 1; n <= MOST_NAMES; n++) {
      const name = n === 1 ? target.workBranch : `${target.workBranch}-${n}`;
      try {
        await gitlab.branch(target.projectId, name);
      } catch (error) {
        if (!(error instanceof BranchNotFound)) throw error;
        return name;
      }
    }
    throw new WorkBranchNameTaken(target.workBranch);
  }

  /** Checks what GitLab would refuse only after the first commits. */
  private async requireRights({ gitlab, target }: SyncPass, branch: string): Promise<void> {
    const { mergeRequestsEnabled, accessLevel } = await gitlab.project(target.projectId);
    if (!mergeRequestsEnabled) throw new MergeRequestsDisabled();
    if (accessLevel === null || accessLevel < DEVELOPER) return;
    const rules = await gitlab.protectionsOf(target.projectId, branch);
    const closed = rules?.find(({ pushLevel }) => pushLevel === null || pushLevel > accessLevel);
    if (closed)
      throw new WorkBranchRefused(
        branch,
        `the protection rule ${closed.pattern} does not let the token push`,
      );
  }
}
