import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Scheduler } from '@app/kernel';
import { PruneByRounds } from '../application/prune-by-rounds';

const MINUTE_MS = 60_000;

/** Lists the periodic work of retention. */
@Injectable()
export class RetentionSchedule implements OnApplicationBootstrap {
  constructor(
    private readonly scheduler: Scheduler,
    private readonly pruneByRounds: PruneByRounds,
  ) {}

  onApplicationBootstrap(): void {
    this.scheduler.start([
      {
        name: 'prune history', // each pruner about once an hour, in one worker
        everyMs: 5 * MINUTE_MS,
        runsIn: 'workers',
        run: (stopping) => this.pruneByRounds.execute(stopping),
      },
    ]);
  }
}
