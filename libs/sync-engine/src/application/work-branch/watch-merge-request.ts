import { Injectable } from '@nestjs/common';
import { BranchNotFound, MergeRequestNotFound } from '@app/gitlab';
import type { MergeRequestStatus } from '../../domain/merge-request';
import type { Proposal, Refusal } from '../../domain/proposal';
import type { SyncPass } from '../pass/sync-pass';
import { statusOf } from './merge-request-status';

/** Reads the fate of the org's merge request: merged, closed by a person, retargeted, or opened again. */
@Injectable()
export class WatchMergeRequest {
  async execute(pass: SyncPass): Promise<void> {
    const { proposal } = pass;
    const known = proposal?.mergeRequest;
    if (!proposal?.cycle || !known || known.state === 'merged') return;
    // A former one matters only while its refusal does: somebody may open it again.
    if (known.branch !== proposal.cycle.branch && !proposal.refusal) return;
    const seen = await this.read(pass, known);
    if (isSame(seen, known)) return;
    await pass.checkpoint(() => ({ state: accepted(pass, after(pass, seen)) }));
  }

  /** Notes that the work branch is gone: by a merge, or because a person deleted it. */
  async branchGone(pass: SyncPass): Promise<void> {
    await this.execute(pass);
    const { proposal } = pass;
    if (!proposal?.cycle) return;
    const deleted = proposal.mergeRequest?.state !== 'merged';
    await pass.checkpoint(() => ({
      state: {
        proposal: {
          ...(deleted ? refused(pass, proposal, 'branch_deleted') : proposal),
          ...{
            renew: true,
            cycle: proposal.cycle && { ...proposal.cycle, exists: false, compareAllAt: null },
          },
        },
      },
    }));
  }

  private async read(pass: SyncPass, known: MergeRequestStatus): Promise<MergeRequestStatus> {
    const { gitlab, target } = pass;
    try {
      const status = statusOf(await gitlab.mergeRequest(target, known.iid), target.branch, known);
      return (await this.isDeleted(pass, status, known)) ? { ...status, state: 'branch_deleted' } : status;
    } catch (error) {
      if (!(error instanceof MergeRequestNotFound)) throw error;
      return known.state === 'branch_deleted' ? known : { ...known, state: 'closed' };
    }
  }

  /**
   * GitLab closes a merge request after its branch was deleted (docs/gitlab-api.md#effect-of-pushes-on-a-merge-request). Another branch
   * may have its name later.
   */
  private async isDeleted(
    pass: SyncPass,
    { state, branch }: MergeRequestStatus,
    known: MergeRequestStatus,
  ): Promise<boolean> {
    const wasDeleted = known.state === 'branch_deleted';
    if (state === 'merged') return false;
    if (state === 'closed' && wasDeleted) return true;
    return (state === 'closed' || wasDeleted) && !(await this.has(pass, branch));
  }

  private async has({ gitlab, target }: SyncPass, branch: string): Promise<boolean> {
    try {
      await gitlab.branch(target.projectId, branch);
      return true;
    } catch (error) {
      if (error instanceof BranchNotFound) return false;
      throw error;
    }
  }
}

/** Returns the proposal after its merge request was seen. */
export function after(pass: SyncPass, seen: MergeRequestStatus): Proposal {
  const proposal = { ...pass.proposal!, mergeRequest: seen };
  if (seen.state === 'merged') return { ...proposal, renew: true, refusal: null };
  if (seen.state === 'closed' || seen.state === 'branch_deleted') return refused(pass, proposal, seen.state);
  return { ...proposal, refusal: null };
}

/** Returns the patch to a proposal. The next push looks for all that could go while everything was refused. */
export const accepted = (pass: SyncPass, proposal: Proposal) => ({
  proposal,
  ...(pass.proposal?.refusal && !proposal.refusal && { snapshotDue: true }),
});

/** Returns the proposal after a person refused it. */
export function refused(pass: SyncPass, proposal: Proposal, how: Refusal['how']): Proposal {
  const { mergeRequest } = proposal;
  const revision = proposal.refusal?.revision ?? pass.state.pushedRevision;
  return {
    ...proposal,
    refusal: { how, revision },
    mergeRequest: mergeRequest && { ...mergeRequest, state: how },
  };
}

const isSame = (one: MergeRequestStatus, other: MergeRequestStatus): boolean =>
  one.state === other.state &&
  one.conflict === other.conflict &&
  one.title === other.title &&
  one.updatedAt.getTime() === other.updatedAt.getTime();
