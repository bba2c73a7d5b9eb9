import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import { isThere } from '../domain/run';
import { CompareAll } from './compare-all';
import { PullChanges } from './pull-changes';
import { PushChanges } from './push-changes';
import { SendCommit } from './send-commit';
import { ShipFiles } from './ship-files';
import type { Turn } from './turn';

/** Does what a run is for, as far as the turn allows. */
@Injectable()
export class PerformRun {
  constructor(
    private readonly compareAll: CompareAll,
    private readonly pull: PullChanges,
    private readonly push: PushChanges,
    private readonly ship: ShipFiles,
    private readonly send: SendCommit,
    private readonly store: ContextStore,
  ) {}

  /** Answers `more` where the turn ended before the work did. */
  async execute(turn: Turn): Promise<'done' | 'more'> {
    await this.send.resume(turn);
    if (turn.compared && isThere(turn.run, turn.state.baseCommit)) return 'done';
    const pulls = turn.run.kind === 'pull';
    if (!turn.compared) await this.compareAll.execute(turn);
    else if (pulls) await this.pull.execute(turn, { last: true });
    return pulls ? 'done' : this.pushAll(turn);
  }

  private async pushAll(turn: Turn): Promise<'done' | 'more'> {
    turn.expect(await this.store.countMadeInDotAfter(turn.org, turn.state.pushedRevision));
    for (;;) {
      if ((await this.push.execute(turn)) === 'more') return 'more';
      const shipped = await this.ship.execute(turn);
      if (shipped === 'changes-first') continue;
      if (shipped === 'done') await this.pull.takeFreed(turn);
      return shipped;
    }
  }
}
