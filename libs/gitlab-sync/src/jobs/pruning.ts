import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock, repeat } from '@app/kernel';
import { PruneByRounds } from '../prune-by-rounds';

const EVERY_MS = 5 * 60_000;

/** Looks, in the processes that work, whether a round of pruning goes on. */
@Injectable()
export class Pruning implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('pruning');
  private readonly stopping = new AbortController();
  private pruning: Promise<void> = Promise.resolve();

  constructor(
    private readonly rounds: PruneByRounds,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    const { signal } = this.stopping;
    const told = (error: unknown) =>
      this.logger.error({ err: error }, 'nothing could be pruned; the next look comes');
    this.pruning = repeat(this.clock, EVERY_MS, signal, () => this.rounds.execute(signal), told);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.pruning;
  }
}
