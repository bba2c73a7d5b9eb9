import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import { isThere } from '../../domain/run';
import { FullComparison } from '../pull/full-comparison';
import { PullChanges } from '../pull/pull-changes';
import { PushChanges } from '../push/push-changes';
import { CommitOnce } from '../push/commit-once';
import { PushSnapshot } from '../push/push-snapshot';
import type { SyncPass } from '../pass/sync-pass';
import { SettleDeletions } from './settle-deletions';

/** Does the work of a run within the limits of one pass. */
@Injectable()
export class ExecuteRun {
  constructor(
    private readonly fullComparison: FullComparison,
    private readonly pull: PullChanges,
    private readonly push: PushChanges,
    private readonly snapshot: PushSnapshot,
    private readonly commitOnce: CommitOnce,
    private readonly store: ContextStore,
    private readonly deletions: SettleDeletions,
  ) {}

  /** Returns `more` if the pass ended before the work did. */
  async execute(pass: SyncPass): Promise<'done' | 'more'> {
    await this.commitOnce.resume(pass);
    if (pass.compared && isThere(pass.run, pass.state.baseCommit)) return 'done';
    const pulls = pass.run.kind === 'pull';
    if (!pass.compared) await this.fullComparison.execute(pass);
    else if (pulls) while ((await this.pull.execute(pass)) === 'room-made');
    const outcome = pulls ? 'done' : await this.pushAll(pass);
    if (outcome === 'done') await this.deletions.execute(pass);
    return outcome;
  }

  private async pushAll(pass: SyncPass): Promise<'done' | 'more'> {
    pass.expect(await this.store.countMadeInDotAfter(pass.org, pass.state.pushedRevision));
    for (;;) {
      if ((await this.push.execute(pass)) === 'more') return 'more';
      const shipped = await this.snapshot.execute(pass);
      if (shipped === 'changes-first') continue;
      if (shipped === 'done') await this.pull.takeFreed(pass);
      return shipped;
    }
  }
}
