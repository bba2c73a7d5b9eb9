import { Injectable } from '@nestjs/common';
import { onWorkBranch } from '../pass/branch-view';
import type { SyncPass } from '../pass/sync-pass';
import { unlessGone } from './branch-lost';
import { KeepMergeRequest } from './keep-merge-request';
import { LeaveSuperseded } from './leave-superseded';
import { SettleCycle } from './settle-cycle';
import { WatchMergeRequest } from './watch-merge-request';

/** Completes a push: leaves the former work branch, keeps the merge request, and ends a cycle that is over. */
@Injectable()
export class PublishCycle {
  constructor(
    private readonly leaveSuperseded: LeaveSuperseded,
    private readonly requests: KeepMergeRequest,
    private readonly watch: WatchMergeRequest,
    private readonly settle: SettleCycle,
  ) {}

  /** Returns `again` if there is more to push. */
  async execute(pass: SyncPass): Promise<'done' | 'again'> {
    await this.leaveSuperseded.execute(pass);
    if (pass.state.snapshotDue) return 'again';
    const kept = await unlessGone(
      pass.on(onWorkBranch),
      async () => (await this.requests.execute(pass), true),
    );
    if (!kept) await this.watch.branchGone(pass);
    await this.settle.execute(pass);
    return pass.proposal?.cycle && pass.proposal.renew && pass.state.snapshotDue ? 'again' : 'done';
  }
}
