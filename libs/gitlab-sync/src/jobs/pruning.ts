import { Injectable, Logger } from '@nestjs/common';
import { Clock, RepeatingJob } from '@app/kernel';
import { PruneByRounds } from '../prune-by-rounds';

const EVERY_MS = 5 * 60_000;

/** Checks in worker processes whether a round of pruning is due. */
@Injectable()
export class Pruning extends RepeatingJob {
  private readonly logger = new Logger('pruning');

  constructor(
    private readonly rounds: PruneByRounds,
    clock: Clock,
  ) {
    super(clock, EVERY_MS);
  }

  protected once(stopping: AbortSignal): Promise<unknown> {
    return this.rounds.execute(stopping);
  }

  protected failed(error: unknown): void {
    this.logger.error({ err: error }, 'pruning failed; retrying at the next interval');
  }
}
