import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import { BranchNotFound, MergeRequestNotFound, type MergeRequest } from '@app/gitlab';
import { abandoned, type Proposal } from '../../domain/proposal';
import type { SyncPass } from '../pass/sync-pass';
import { statusOf } from './merge-request-status';
import { isMarked } from './merge-request-text';
import { isOutdatedNo, newestEdit, proposedChanges } from './proposed-changes';
import { TakeUnread } from './take-unread';
import { refused } from './watch-merge-request';

/** First sentence of the description of a merge request that Dot leaves. */
const STATEMENTS = {
  superseded:
    'Superseded: the target branch has changed the same files since, so Dot proposes its changes again.',
  direct: 'Closed: Dot commits its changes to the target branch directly now.',
  discarded: 'Closed: an admin discarded these changes in Dot.',
} as const;

/** Leaves a work branch that another one follows. Never moves or deletes it. */
@Injectable()
export class LeaveSuperseded {
  constructor(
    private readonly unread: TakeUnread,
    private readonly store: ContextStore,
  ) {}

  /**
   * Reads the branch once more, so that no commit of others is lost, then closes its merge request if Dot opened it. If a person has just
   * closed it, that is noted as a refusal.
   */
  async execute(pass: SyncPass): Promise<void> {
    const superseded = pass.proposal?.superseded;
    if (!superseded) return;
    const head = await this.headOf(pass, superseded.branch);
    if (head !== null && head !== superseded.head) await this.unread.execute(pass, superseded);
    const iid = superseded.iid ?? (await this.findOurs(pass, superseded.branch));
    const closed = iid === null ? null : await this.close(pass, iid);
    const isRefused = closed !== null && head !== null && (await this.isRefused(pass, closed));
    await pass.checkpoint(() => {
      const proposal = leftBehind(pass, closed, isRefused);
      return { state: { proposal: isRefused ? refused(pass, proposal, 'closed') : proposal } };
    });
  }

  /** Returns null if the branch is gone. Its name may be in use again, by the branch that follows it. */
  private async headOf({ gitlab, target, proposal }: SyncPass, branch: string): Promise<string | null> {
    if (proposal?.cycle?.branch === branch) return null;
    try {
      return (await gitlab.branch(target.projectId, branch)).head.id;
    } catch (error) {
      if (error instanceof BranchNotFound) return null;
      throw error;
    }
  }

  /** Finds an open one of Dot's that is not known, because GitLab's answer was lost when it was opened. */
  private async findOurs({ gitlab, target }: SyncPass, source: string): Promise<number | null> {
    const found = await gitlab.findMergeRequests(target, { source, state: 'opened' });
    return found.find(isMarked)?.iid ?? null;
  }

  /** Checks whether a person closed it, and Dot was not edited since. Discarded changes and direct commits need no answer. */
  private async isRefused(pass: SyncPass, closed: MergeRequest): Promise<boolean> {
    const reason = reasonOf(pass);
    const byDot = closed.state !== 'closed' || closed.description.startsWith(STATEMENTS[reason]);
    if (byDot || reason !== 'superseded') return false;
    return !isOutdatedNo(closed, newestEdit(await proposedChanges(pass, this.store)));
  }

  /** Returns the merge request as it is then; null if it is gone. */
  private async close(pass: SyncPass, iid: number): Promise<MergeRequest | null> {
    const { gitlab, target } = pass;
    const statement = STATEMENTS[reasonOf(pass)];
    pass.requireFreshLease();
    try {
      const request = await gitlab.mergeRequest(target, iid);
      if (request.state !== 'opened') return request;
      const description = `${statement}\n\n${request.description}`;
      if (!request.description.startsWith(statement))
        await gitlab.updateMergeRequest(target, iid, { description });
      return await gitlab.closeMergeRequest(target, iid);
    } catch (error) {
      if (!(error instanceof MergeRequestNotFound)) throw error;
      return null;
    }
  }
}

/** The status shows the former merge request until another one is open. */
function leftBehind(
  { proposal, target }: SyncPass,
  request: MergeRequest | null,
  isRefused: boolean,
): Proposal {
  const known = proposal!.mergeRequest;
  const isShown = request !== null && (isRefused || known?.iid === request.iid);
  const { ours, written } = known ?? { ours: true, written: null };
  const mergeRequest = isShown ? statusOf(request, target.branch, { changes: 0, ours, written }) : known;
  return { ...proposal!, superseded: null, mergeRequest };
}

function reasonOf({ proposal, target }: SyncPass): keyof typeof STATEMENTS {
  if (target.publish === 'direct') return 'direct';
  return proposal?.cycle ? 'superseded' : 'discarded';
}

/** Returns the patch that leaves the present work branch. Each change that has not landed is pushed again, as its own commit. */
export function leaving({ proposal }: SyncPass) {
  if (!proposal) throw new Error('there is nothing to leave');
  return {
    proposal: abandoned(proposal),
    pushedRevision: proposal.landedRevision,
    snapshotDue: true,
  };
}
