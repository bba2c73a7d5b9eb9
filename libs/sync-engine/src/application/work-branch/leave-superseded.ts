import { Injectable } from '@nestjs/common';
import { BranchNotFound, MergeRequestNotFound, type MergeRequest } from '@app/gitlab';
import { abandoned, type Proposal } from '../../domain/proposal';
import type { SyncPass } from '../pass/sync-pass';
import { statusOf } from './merge-request-status';
import { isMarked } from './merge-request-text';
import { TakeUnread } from './take-unread';

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
  constructor(private readonly unread: TakeUnread) {}

  /** Reads the branch once more, so that no commit of others is lost, then closes its merge request if that is ours. */
  async execute(pass: SyncPass): Promise<void> {
    const superseded = pass.proposal?.superseded;
    if (!superseded) return;
    const head = await this.headOf(pass, superseded.branch);
    if (head !== null && head !== superseded.head) await this.unread.execute(pass, superseded);
    const iid = superseded.iid ?? (await this.findOurs(pass, superseded.branch));
    const closed = iid === null ? null : await this.close(pass, iid);
    await pass.checkpoint(() => ({ state: { proposal: leftBehind(pass, closed) } }));
  }

  private async headOf({ gitlab, target }: SyncPass, branch: string): Promise<string | null> {
    try {
      return (await gitlab.branch(target.projectId, branch)).head.id;
    } catch (error) {
      if (error instanceof BranchNotFound) return null;
      throw error;
    }
  }

  /** Finds an open one of Dot's that is not known, because GitLab's answer was lost when it was opened. */
  private async findOurs({ gitlab, target }: SyncPass, source: string): Promise<number | null> {
    const query = { source, target: target.branch, state: 'opened' } as const;
    return (await gitlab.findMergeRequests(target, query)).find(isMarked)?.iid ?? null;
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
function leftBehind({ proposal, target }: SyncPass, request: MergeRequest | null): Proposal {
  const known = proposal!.mergeRequest;
  const isShown = request !== null && known?.iid === request.iid;
  const mergeRequest = isShown ? { ...statusOf(request, target.branch, known), changes: 0 } : known;
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
