import { Injectable } from '@nestjs/common';
import { isOpen } from '../../domain/merge-request';
import { landed } from '../../domain/proposal';
import type { SyncPass } from '../pass/sync-pass';
import { BaseEntries } from '../ports/base-entries.port';
import { ForgetWorkBranch } from './forget-work-branch';
import { KeepMergeRequest } from './keep-merge-request';
import { unlessGone } from './branch-lost';
import { ReadWorkStatus, type WorkStatus } from './work-status';
import { accepted, refused } from './watch-merge-request';
import { onWorkBranch } from '../pass/branch-view';

/** Decides what becomes of the work branch once both branches were read. */
@Injectable()
export class SettleCycle {
  constructor(
    private readonly status: ReadWorkStatus,
    private readonly base: BaseEntries,
    private readonly forget: ForgetWorkBranch,
    private readonly requests: KeepMergeRequest,
  ) {}

  /**
   * Ends the cycle if everything has landed, or notes that a push has to bring the work branch up to date. Counts as refused if
   * reviewers took everything out.
   */
  async execute(pass: SyncPass): Promise<void> {
    if (!pass.proposal?.cycle) return;
    const status = await this.agreed(pass);
    await this.count(pass, status.proposed.length);
    const { fit } = status;
    if (status.settled && fit === 'fits') return this.endIfOver(pass, status);
    if (status.sent && fit === 'fits' && (await this.isEmptied(pass, status))) return this.refuse(pass);
    const { proposal } = pass;
    const renew = proposal.renew || fit === 'renew' || isSpent(pass, status);
    const refused = proposal.refusal !== null;
    // A push that was cancelled in between left no merge request.
    const unopened = proposal.mergeRequest === null && status.proposed.length > 0;
    if (fit === 'fits' && !renew && !unopened) return;
    await pass.checkpoint(() => ({
      state: { proposal: { ...proposal, renew }, ...(!refused && { snapshotDue: true }) },
    }));
  }

  /** Checks whether the merge request of Dot shows no difference any more. */
  private async isEmptied(pass: SyncPass, { proposed }: WorkStatus): Promise<boolean> {
    const { mergeRequest, refusal, renew } = pass.proposal!;
    const isShown = mergeRequest?.state === 'opened' && mergeRequest.ours && !refusal && !renew;
    return isShown && !proposed.length && !(await this.carriesMore(pass));
  }

  /** Another work branch follows if an admin proposes the changes again. */
  private async refuse(pass: SyncPass): Promise<void> {
    await this.requests.close(pass);
    await pass.checkpoint(() => ({
      state: { proposal: { ...refused(pass, pass.proposal!, 'closed'), renew: true } },
    }));
  }

  /** Notes how many files the open merge request changes: reviewers edit it between two pushes. */
  private async count(pass: SyncPass, changes: number): Promise<void> {
    const request = pass.proposal!.mergeRequest;
    if (!request || !isOpen(request) || request.changes === changes) return;
    const mergeRequest = { ...request, changes };
    await pass.checkpoint(() => ({ state: { proposal: { ...pass.proposal!, mergeRequest } } }));
  }

  /** Notes in the target's base the paths at which both sides are equal, and returns the status after that. */
  private async agreed(pass: SyncPass): Promise<WorkStatus> {
    const status = await this.status.execute(pass);
    const { equal } = status;
    if (!equal.size) return status;
    await pass.checkpoint(async () => (await this.base.agree(pass.org, equal), {}));
    return this.status.execute(pass);
  }

  private async endIfOver(pass: SyncPass, { proposed }: WorkStatus): Promise<void> {
    const { cycle, mergeRequest } = pass.proposal!;
    if (hasOpenRequest(pass) && (proposed.length || (await this.carriesMore(pass)))) return;
    if (cycle?.exists && mergeRequest === null && proposed.length) return;
    await this.requests.close(pass);
    await pass.checkpoint(async () => {
      await this.forget.execute(pass.org);
      return { state: accepted(pass, landed(pass.proposal!, pass.state.pushedRevision)) };
    });
  }

  /** Checks whether the branch has something that Dot does not sync, or a commit that Dot has not read. */
  private async carriesMore(pass: SyncPass): Promise<boolean> {
    const { exists, start, head } = pass.proposal!.cycle!;
    if (!exists) return false;
    const work = pass.on(onWorkBranch);
    const found = await unlessGone(work, () => pass.gitlab.changesSince(work.repo, start));
    if (!found) return false;
    const { paths } = found;
    return found.head.id !== head || !paths || paths.some(({ path }) => !pass.policy.isSynced(path));
  }
}

/** Checks whether no merge request is open and the branch has nothing to propose: reviewers took everything out. */
const isSpent = (pass: SyncPass, { proposed, takenOut }: WorkStatus): boolean =>
  takenOut && !hasOpenRequest(pass) && !proposed.length;

function hasOpenRequest({ proposal }: SyncPass): boolean {
  const { mergeRequest } = proposal!;
  return mergeRequest !== null && isOpen(mergeRequest);
}
