import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import { fitOf } from '../../domain/proposed-entry';
import type { SyncPass } from '../pass/sync-pass';
import { ProposedEntries } from '../ports/proposed-entries.port';
import { PullChanges } from '../pull/pull-changes';
import { hasSomethingToPush } from '../requests/has-something-to-push';
import { BeginCycle } from './begin-cycle';
import { leaving } from './leave-superseded';
import { PullWorkBranch } from './pull-work-branch';
import { WatchMergeRequest } from './watch-merge-request';
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
    private readonly proposed: ProposedEntries,
    private readonly store: ContextStore,
  ) {}

  /** Returns `nothing` if there is nothing to push, or a person refused what there is. */
  async execute(pass: SyncPass): Promise<'ready' | 'nothing'> {
    if (await this.isRefused(pass)) return 'nothing';
    if (pass.proposal?.mergeRequest?.state === 'retargeted') await this.watch.execute(pass);
    if (pass.proposal?.cycle) await this.keepOrLeave(pass);
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
      await pass.checkpoint(() => ({ state: { proposal: { ...proposal, refusal: null, renew } } }));
    } else if (pass.state.snapshotDue) await pass.checkpoint(() => ({ state: { snapshotDue: false } }));
    return !again;
  }

  private async keepOrLeave(pass: SyncPass): Promise<void> {
    const { renew, cycle } = pass.proposal!;
    const fit = fitOf((await this.status.execute(pass)).moved);
    if (renew || fit === 'renew' || !isNamed(cycle!.branch, pass.target.workBranch)) return this.leave(pass);
    if (fit === 'catch-up' && !pass.state.snapshotDue)
      await pass.checkpoint(() => ({ state: { snapshotDue: true } }));
  }

  /** Leaves the work branch once its commits are read. Its refusal stays with its merge request. */
  async leave(pass: SyncPass): Promise<void> {
    await this.pullWork.execute(pass);
    if (!pass.proposal?.cycle) return;
    await pass.checkpoint(async () => {
      await this.proposed.forget(pass.org, 'all');
      return { state: leaving(pass) };
    });
  }
}

const isNamed = (branch: string, workBranch: string): boolean =>
  branch === workBranch ||
  (branch.startsWith(`${workBranch}-`) && /^\d+$/.test(branch.slice(workBranch.length + 1)));
