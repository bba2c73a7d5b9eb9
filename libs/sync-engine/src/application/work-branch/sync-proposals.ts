import { Injectable } from '@nestjs/common';
import type { SyncPass } from '../pass/sync-pass';
import { DiscardProposals } from './discard-proposals';
import { LeaveSuperseded } from './leave-superseded';
import { PrepareCycle } from './prepare-cycle';
import { PullWorkBranch } from './pull-work-branch';
import { PushProposals } from './push-proposals';
import { QuietPeriod } from './quiet-period';
import { SettleCycle } from './settle-cycle';
import { WatchMergeRequest } from './watch-merge-request';

/** Does the part of a run that concerns the work branch and its merge request. */
@Injectable()
export class SyncProposals {
  constructor(
    private readonly watch: WatchMergeRequest,
    private readonly pullWork: PullWorkBranch,
    private readonly settle: SettleCycle,
    private readonly prepare: PrepareCycle,
    private readonly pushProposals: PushProposals,
    private readonly leaveSuperseded: LeaveSuperseded,
    private readonly discard: DiscardProposals,
    private readonly quiet: QuietPeriod,
  ) {}

  /** Settles a commit to the work branch that an interrupted pass sent. */
  async resume(pass: SyncPass): Promise<void> {
    if (pass.sentElsewhere) await this.pullWork.resume(pass);
  }

  /** Returns when the push may begin, because edits still come; null if it may now. */
  async waitUntil(pass: SyncPass): Promise<Date | null> {
    return isUsed(pass) ? this.quiet.until(pass) : null;
  }

  /** Takes what reviewers did. `rescoped`: the scope changed, so another work branch is needed. */
  async pull(pass: SyncPass, rescoped: boolean): Promise<void> {
    if (pass.proposal?.cycle) {
      await this.watch.execute(pass);
      await this.pullWork.execute(pass);
      if (rescoped && pass.proposal.cycle)
        await pass.checkpoint(() => ({ state: { proposal: { ...pass.proposal!, renew: true } } }));
    }
    if (pass.run.intent === 'discard' && pass.proposal) return this.discard.execute(pass);
    await this.settle.execute(pass);
    // A pass was cut short, and nothing follows the branch that it left.
    if (!pass.proposal?.cycle && !pass.state.snapshotDue) await this.leaveSuperseded.execute(pass);
  }

  /** Returns `direct` if the changes go to the target's branch: the repository is empty, or the org does not propose. */
  async push(pass: SyncPass): Promise<'done' | 'more' | 'direct'> {
    if (isUsed(pass)) return this.pushProposals.execute(pass);
    if (pass.target.publish === 'direct' && pass.proposal) await this.withdraw(pass);
    return 'direct';
  }

  /** Forgets the proposal, once the target's branch has its changes directly. */
  async forget(pass: SyncPass): Promise<void> {
    if (pass.target.publish === 'direct' && pass.proposal)
      await pass.checkpoint(() => ({ state: { proposal: null } }));
  }

  /** Leaves the work branch, because the org commits directly now. Changes that have not landed are pushed again. */
  private async withdraw(pass: SyncPass): Promise<void> {
    if (pass.proposal?.cycle) {
      await this.watch.execute(pass);
      await this.prepare.leave(pass);
    }
    await this.leaveSuperseded.execute(pass);
  }
}

/** The first commit of an empty repository goes to the target's branch: a merge request needs one. */
const isUsed = ({ target, state }: SyncPass): boolean =>
  target.publish === 'merge_request' && state.baseCommit !== null;
