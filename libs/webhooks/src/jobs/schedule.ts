import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Scheduler } from '@app/kernel';
import { VerifyDueHooks } from '../application/hooks/verify-due-hooks';
import { DeliveryBuffer } from '../application/ingest/delivery-buffer';
import { PruneDeliveries } from '../application/ingest/prune-deliveries';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** Lists the periodic work on hooks and deliveries. */
@Injectable()
export class WebhooksSchedule implements OnApplicationBootstrap {
  constructor(
    private readonly scheduler: Scheduler,
    private readonly buffer: DeliveryBuffer,
    private readonly pruneDeliveries: PruneDeliveries,
    private readonly verifyDueHooks: VerifyDueHooks,
  ) {}

  onApplicationBootstrap(): void {
    this.scheduler.start([
      {
        name: 'ingest buffered deliveries', // soon after the database recovers
        everyMs: SECOND_MS,
        runsIn: 'every process',
        run: () => this.buffer.flush(),
      },
      {
        name: 'prune delivery logs', // those that grew in this process
        everyMs: MINUTE_MS,
        runsIn: 'every process',
        run: () => this.pruneDeliveries.execute(),
      },
      {
        name: 'verify hooks', // each about once an hour, in one worker
        everyMs: MINUTE_MS,
        runsIn: 'workers',
        run: (stopping) => this.verifyDueHooks.execute(stopping),
      },
    ]);
  }
}
