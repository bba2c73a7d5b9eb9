import { Injectable } from '@nestjs/common';
import { BranchNotFound, WorkBranchNameTaken } from '@app/gitlab';
import { newProposal, withCycle } from '../../domain/proposal';
import type { SyncPass } from '../pass/sync-pass';
import { ProposalRights } from './proposal-rights';
import { ForgetWorkBranch } from './forget-work-branch';

/** Names tried before the work branch counts as taken. */
const MOST_NAMES = 50;

/** Begins a cycle: chooses a name that no branch has. The first commit creates the branch from the target's base. */
@Injectable()
export class BeginCycle {
  constructor(
    private readonly rights: ProposalRights,
    private readonly forget: ForgetWorkBranch,
  ) {}

  /** @throws MergeRequestsDisabled, WorkBranchRefused, WorkBranchNameTaken */
  async execute(pass: SyncPass): Promise<void> {
    const { org, state } = pass;
    if (state.baseCommit === null) return;
    const branch = await this.freeName(pass);
    await this.rights.require(pass.gitlab, pass.target, branch);
    const { baseCommit, pushedRevision } = state;
    await pass.checkpoint(async () => {
      await this.forget.execute(org);
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
}
