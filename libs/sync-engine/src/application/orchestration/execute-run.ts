import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import { isThere } from '../../domain/run';
import { BranchReserved } from '../../domain/sync.errors';
import { FullComparison } from '../pull/full-comparison';
import { PullChanges } from '../pull/pull-changes';
import { PushChanges } from '../push/push-changes';
import { CommitOnce } from '../push/commit-once';
import { pushEverything } from '../push/push-everything';
import { PushSnapshot } from '../push/push-snapshot';
import type { SyncPass } from '../pass/sync-pass';
import { SyncProposals } from '../work-branch/sync-proposals';
import { SettleDeletions } from './settle-deletions';

/** The result of a pass at a run. A push that waits for the end of a burst of edits names the time. */
export type Outcome = 'done' | 'more' | { readonly later: Date };

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
    private readonly proposals: SyncProposals,
  ) {}

  /** Returns `more` if the pass ended before the work did. */
  async execute(pass: SyncPass): Promise<Outcome> {
    await this.proposals.resume(pass);
    await this.commitOnce.resume(pass);
    if (pass.compared && isThere(pass.run, pass.state.baseCommit)) return 'done';
    const later = await this.proposals.waitUntil(pass);
    if (later) return { later };
    const pulls = pass.run.kind === 'pull';
    const { compared } = pass;
    if (!compared) await this.fullComparison.execute(pass);
    else if (pulls) while ((await this.pull.execute(pass)) === 'room-made');
    if (pulls || !compared) await this.proposals.pull(pass, !compared);
    const outcome = pulls ? 'done' : await this.pushAll(pass);
    if (outcome !== 'done') return outcome;
    // Pushed deletions and discarded files leave room.
    if (!pulls || pass.run.intent === 'discard') await this.pull.takeFreed(pass);
    await this.deletions.execute(pass);
    return outcome;
  }

  private async pushAll(pass: SyncPass): Promise<'done' | 'more'> {
    const proposed = await this.proposals.push(pass);
    if (proposed !== 'direct') return proposed;
    pass.expect(await this.store.countMadeInDotAfter(pass.org, pass.state.pushedRevision));
    try {
      if ((await pushEverything(pass, this.push, this.snapshot)) === 'more') return 'more';
    } catch (error) {
      if (!(error instanceof BranchReserved)) throw error;
      return this.pushAll(pass);
    }
    await this.proposals.forget(pass);
    return 'done';
  }
}
