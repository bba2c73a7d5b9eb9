import { Injectable, Logger } from '@nestjs/common';
import { Clock, RepeatingJob } from '@app/kernel';
import { PruneDeliveries } from '../application/ingest/prune-deliveries';

const EVERY_MS = 60_000;

/** Prunes the logs of deliveries in every process that receives some. */
@Injectable()
export class PruneDeliveriesJob extends RepeatingJob {
  private readonly logger = new Logger('webhooks');

  constructor(
    private readonly pruneDeliveries: PruneDeliveries,
    clock: Clock,
  ) {
    super(clock, EVERY_MS);
  }

  protected once(): Promise<unknown> {
    return this.pruneDeliveries.execute();
  }

  protected failed(error: unknown): void {
    this.logger.error({ err: error }, 'pruning of delivery logs failed; retrying after the next deliveries');
  }
}
