import { Injectable, Logger } from '@nestjs/common';
import pTimeout from 'p-timeout';
import { Batcher, DatabaseUnavailable, Transactions } from '@app/kernel';
import { SyncEngineService } from '@app/sync-engine';
import type { Verdict } from '../../domain/delivery';
import type { Ignored } from '../../domain/event-filter';
import { DeliveryBuffer } from './delivery-buffer';
import { DeliveryLog } from './delivery-log';
import { JudgeDeliveries, type VerifiedDelivery } from './judge-deliveries';
import { timeLimit } from './time-limit';

/** The outcome of a delivery that was logged. */
export type LoggedReceipt =
  { readonly status: 'accepted' } | { readonly status: 'ignored'; readonly reason: Ignored | 'unavailable' };

export const UNAVAILABLE: LoggedReceipt = { status: 'ignored', reason: 'unavailable' };

/** Upper bound for a delivery's headers and hints. */
const VERIFIED_BYTES = 8 * 1024;

/** Batch limit: in larger batches the first delivery would wait too long for the last. */
const MOST_AT_ONCE = 100;

/**
 * Judges and logs deliveries, and requests pulls in the same transaction. All deliveries that arrive during one
 * transaction share the next. A delivery costs one write without load, and less under load.
 */
@Injectable()
export class LogDelivery {
  private readonly logger = new Logger('webhooks');
  private readonly batches = new Batcher<VerifiedDelivery, Verdict | null>(
    (verified) => this.recordAll(verified),
    MOST_AT_ONCE,
  );

  constructor(
    private readonly judge: JudgeDeliveries,
    private readonly sync: SyncEngineService,
    private readonly log: DeliveryLog,
    private readonly transactions: Transactions,
    private readonly buffer: DeliveryBuffer,
  ) {}

  /**
   * Records the delivery and never fails, because GitLab disables hooks that return errors. A pull that is missed now
   * happens later, or by polling.
   */
  async execute(delivery: VerifiedDelivery): Promise<LoggedReceipt> {
    try {
      const verdict = await this.batches.do(delivery);
      if (!verdict) return UNAVAILABLE;
      return verdict.outcome === 'ignored'
        ? { status: 'ignored', reason: verdict.reason }
        : { status: 'accepted' };
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) throw error;
      this.buffer.reserve(VERIFIED_BYTES)?.commit(() => this.execute(delivery), VERIFIED_BYTES);
      return UNAVAILABLE;
    }
  }

  /**
   * Returns null for a delivery that could not be recorded; it does not block the others.
   * @throws DatabaseUnavailable
   */
  private async recordAll(verified: readonly VerifiedDelivery[]): Promise<(Verdict | null)[]> {
    try {
      return await pTimeout(this.recordTogether(verified), timeLimit());
    } catch (error) {
      this.log.reset();
      if (error instanceof DatabaseUnavailable) throw error;
      if (verified.length > 1)
        return (await Promise.all(verified.map((one) => this.recordAll([one])))).flat();
      this.logger.error({ err: error, org: verified[0].org }, 'delivery not recorded');
      return [null];
    }
  }

  private async recordTogether(verified: readonly VerifiedDelivery[]): Promise<Verdict[]> {
    return this.transactions.run(async () => {
      const { entries, contexts, events } = await this.judge.execute(verified);
      const runs = await this.sync.pushEventsReceived(contexts, events);
      const noted = entries.map(({ delivery, key }) =>
        delivery.outcome === 'accepted'
          ? { delivery: { ...delivery, runId: runs.get(delivery.org) ?? null }, key }
          : { delivery, key },
      );
      const stored = await this.log.write(noted);
      return noted.map(({ delivery: { id, outcome, reason } }): Verdict =>
        stored.has(id) ? ({ outcome, reason } as Verdict) : { outcome: 'ignored', reason: 'duplicate' },
      );
    });
  }
}
