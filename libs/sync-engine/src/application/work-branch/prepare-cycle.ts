import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import type { SyncPass } from '../pass/sync-pass';
import { PullChanges } from '../pull/pull-changes';
import { hasSomethingToPush } from '../requests/has-something-to-push';
import type { Fit } from '../../domain/proposed-entry';
import { MergeRequestRetargeted } from '../../domain/sync.errors';
import { BeginCycle } from './begin-cycle';
import { ForgetWorkBranch } from './forget-work-branch';
import { leaving, LeaveSuperseded } from './leave-superseded';
import { PullWorkBranch } from './pull-work-branch';
import { accepted, WatchMergeRequest } from './watch-merge-request';
import { ReadWorkStatus } from './work-status';

/** Makes sure that there is a work branch which merges without a conflict of ours, before anything is pushed to it. */
@Injectable()
export class PrepareCycle {
  constructor(
    private readonly status: ReadWorkStatus,
    private readonly begin: BeginCycle,
    private readonly watch: WatchMergeRequest,
    private readonly pullTarget: PullChanges,
    private readonly pullWork: PullWorkBranch,
    private readonly leaveSuperseded: LeaveSuperseded,
    private readonly forget: ForgetWorkBranch,
    private readonly store: ContextStore,
  ) {}

  /** Returns `nothing` if there is nothing to push, or a person refused what there is. @throws MergeRequestRetargeted */
  async execute(pass: SyncPass): Promise<'ready' | 'nothing'> {
    const fit = await this.fitOf(pass);
    const outdated = fit === 'renew';
    // Before the work branch is left: a person may have closed its merge request just now.
    if (outdated || isRetargeted(pass)) await this.watch.execute(pass);
    if (await this.isRefused(pass)) return 'nothing';
    if (isRetargeted(pass))
      throw new MergeRequestRetargeted(pass.proposal!.mergeRequest!.iid, pass.target.branch);
    if (pass.proposal?.cycle && (outdated || pass.proposal.renew)) await this.leave(pass);
    else if (fit === 'catch-up' && !pass.state.snapshotDue)
      await pass.checkpoint(() => ({ state: { snapshotDue: true } }));
    if (pass.proposal?.cycle) return 'ready';
    if (!(await hasSomethingToPush(pass.state, this.store))) return 'nothing';
    while ((await this.pullTarget.execute(pass)) === 'room-made');
    await this.begin.execute(pass);
    return 'ready';
  }

  /** A refusal ends with a new edit, or if an admin wants to propose again. */
  private async isRefused(pass: SyncPass): Promise<boolean> {
    const { proposal, run, org } = pass;
    if (!proposal?.refusal) return false;
    const { how, revision } = proposal.refusal;
    const again = run.intent === 'propose' || (await this.store.countMadeInDotAfter(org, revision)) > 0;
    if (again) {
      const renew = proposal.renew || how === 'branch_deleted';
      await pass.checkpoint(() => ({ state: accepted(pass, { ...proposal, refusal: null, renew }) }));
    } else if (pass.state.snapshotDue) await pass.checkpoint(() => ({ state: { snapshotDue: false } }));
    return !again;
  }

  /** Returns `renew` too if the work branch has a former name. */
  private async fitOf(pass: SyncPass): Promise<Fit> {
    const cycle = pass.proposal?.cycle;
    if (!cycle) return 'fits';
    if (pass.proposal!.renew || !isNamed(cycle.branch, pass.target.workBranch)) return 'renew';
    return (await this.status.execute(pass)).fit;
  }

  /** Leaves the work branch once its commits are read. Its refusal stays with its merge request. */
  async leave(pass: SyncPass): Promise<void> {
    await this.pullWork.execute(pass);
    if (!pass.proposal?.cycle) return;
    // The one before it, which an interrupted pass left.
    if (pass.proposal.cycle.exists) await this.leaveSuperseded.execute(pass);
    await pass.checkpoint(async () => {
      await this.forget.execute(pass.org);
      return { state: leaving(pass) };
    });
  }
}

const isRetargeted = ({ proposal }: SyncPass): boolean =>
  proposal?.cycle !== null && proposal?.mergeRequest?.state === 'retargeted';

const isNamed = (branch: string, workBranch: string): boolean =>
  branch === workBranch ||
  (branch.startsWith(`${workBranch}-`) && /^\d+$/.test(branch.slice(workBranch.length + 1)));
