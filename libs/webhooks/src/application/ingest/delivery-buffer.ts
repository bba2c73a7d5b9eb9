import { Injectable, Logger } from '@nestjs/common';

/** Ingests a delivery again. If the database is still unavailable, the delivery reserves space again. */
type Take = () => Promise<unknown>;

interface Postponed {
  readonly take: Take;
  readonly bytes: number;
}

/** Holds space for one delivery. Commit it once with the actual size, or cancel it. */
export interface Reservation {
  commit(take: Take, bytes: number): void;
  cancel(): void;
}

const MOST = 1_000;
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Keeps deliveries that arrive while the database is unavailable. Polling finds the changes of deliveries that do not
 * fit or that are lost with the process.
 */
@Injectable()
export class DeliveryBuffer {
  private readonly logger = new Logger('webhooks');
  private waiting: Postponed[] = [];
  private count = 0;
  private bytes = 0;
  private lasts = false;

  /** Reserves space for at most `most` bytes before the body is read. Returns null if there is no space. */
  reserve(most: number): Reservation | null {
    if (!this.lasts) this.logger.warn('deliveries buffered: database unavailable');
    this.lasts = true;
    if (this.count >= MOST || this.bytes + most > MOST_BYTES) return null;
    this.take(most);
    const use = (take: Take, bytes: number) => {
      this.free(most);
      this.take(bytes);
      this.waiting.push({ take, bytes });
    };
    return { commit: use, cancel: () => this.free(most) };
  }

  /** Retries one delivery first. If it has to wait again, so do all others. */
  async flush(): Promise<void> {
    const [first, ...others] = this.waiting;
    if (!first) return;
    this.waiting = others;
    const before = others.length;
    await this.retry(first);
    if (this.waiting.length > before) return;
    this.waiting = [];
    await Promise.all(others.map((one) => this.retry(one)));
    const taken = 1 + before - this.waiting.length;
    this.lasts = this.waiting.length > 0;
    this.logger.log({ taken }, 'buffered deliveries ingested');
  }

  private async retry({ take, bytes }: Postponed): Promise<void> {
    this.free(bytes);
    await take().catch(() => undefined); // a refusal is in the log of deliveries
  }

  private take(bytes: number): void {
    this.count++;
    this.bytes += bytes;
  }

  private free(bytes: number): void {
    this.count--;
    this.bytes -= bytes;
  }
}
