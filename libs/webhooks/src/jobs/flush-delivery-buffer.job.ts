import { Injectable, Logger } from '@nestjs/common';
import { Clock, RepeatingJob } from '@app/kernel';
import { DeliveryBuffer } from '../application/ingest/delivery-buffer';

const EVERY_MS = 1_000;

/** Ingests the buffered deliveries soon after the database recovers. */
@Injectable()
export class FlushDeliveryBufferJob extends RepeatingJob {
  private readonly logger = new Logger('webhooks');

  constructor(
    private readonly buffer: DeliveryBuffer,
    clock: Clock,
  ) {
    super(clock, EVERY_MS);
  }

  protected once(): Promise<unknown> {
    return this.buffer.flush();
  }

  protected failed(error: unknown): void {
    this.logger.error({ err: error }, 'buffered deliveries not ingested; retrying at the next interval');
  }
}
