import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock, repeat } from '@app/kernel';
import { PruneDeliveries } from '../application/prune-deliveries';

const EVERY_MS = 60_000;

/** Shortens the logs of deliveries in every process that takes some. */
@Injectable()
export class LogPruning implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('webhooks');
  private readonly stopping = new AbortController();
  private pruning: Promise<void> = Promise.resolve();

  constructor(
    private readonly pruneDeliveries: PruneDeliveries,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    const told = (error: unknown) =>
      this.logger.error({ err: error }, 'logs could not be pruned; the next deliveries note them again');
    const { signal } = this.stopping;
    this.pruning = repeat(this.clock, EVERY_MS, signal, () => this.pruneDeliveries.execute(), told);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.pruning;
  }
}
