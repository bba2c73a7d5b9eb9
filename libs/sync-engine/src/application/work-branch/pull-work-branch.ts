import { Inject, Injectable } from '@nestjs/common';
import { onWorkBranch } from '../pass/branch-view';
import type { SyncPass } from '../pass/sync-pass';
import { PullChanges } from '../pull/pull-changes';
import { CommitOnce } from '../push/commit-once';
import { unlessGone } from './branch-lost';
import { ForgetSentCommit } from './forget-sent-commit';
import { onWork } from './on-work-branch';
import { WatchMergeRequest } from './watch-merge-request';

/** Takes the commits on the work branch into Dot. */
@Injectable()
export class PullWorkBranch {
  constructor(
    private readonly watch: WatchMergeRequest,
    @Inject(onWork(PullChanges)) private readonly pull: PullChanges,
    @Inject(onWork(CommitOnce)) private readonly commitOnce: CommitOnce,
    private readonly forgetSent: ForgetSentCommit,
  ) {}

  async execute(pass: SyncPass): Promise<void> {
    if (!pass.proposal?.cycle?.exists) return;
    const work = pass.on(onWorkBranch);
    const pulled = await unlessGone(work, async () => {
      while ((await this.pull.execute(work)) === 'room-made');
      return true;
    });
    if (!pulled) await this.watch.branchGone(pass);
  }

  /** Settles a commit to the work branch that an interrupted pass sent, or was about to send. */
  async resume(pass: SyncPass): Promise<void> {
    const cycle = pass.proposal?.cycle;
    const work = cycle ? pass.on(onWorkBranch) : null;
    const settled = work && (await unlessGone(work, async () => (await this.commitOnce.resume(work), true)));
    return settled ? this.forgetSent.execute(pass) : this.lost(pass);
  }

  /** Notes that the work branch is gone, or was never there. */
  async lost(pass: SyncPass): Promise<void> {
    await this.forgetSent.execute(pass);
    if (pass.proposal?.cycle?.exists) await this.watch.branchGone(pass);
  }
}
