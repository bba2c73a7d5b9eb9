import { Injectable, Logger } from '@nestjs/common';

/** Takes a delivery anew; one that still cannot be taken asks for room again. */
type Take = () => Promise<unknown>;

interface Postponed {
  readonly take: Take;
  readonly bytes: number;
}

/** For one delivery: it is used once, by what it turned out to be, or given up. */
export interface Reservation {
  commit(take: Take, bytes: number): void;
  cancel(): void;
}

const MOST = 1_000;
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Deliveries that came while the database was away, until it is back. What is too much to keep, or is lost with the process, is found
 * by polling.
 */
@Injectable()
export class DeliveryBuffer {
  private readonly logger = new Logger('webhooks');
  private waiting: Postponed[] = [];
  private count = 0;
  private bytes = 0;
  private lasts = false;

  /** Asked for before anything is read into it, with the most that it may turn out to be; null where there is none. */
  reserve(most: number): Reservation | null {
    if (!this.lasts) this.logger.warn('deliveries are kept until the database takes them');
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

  /** One first: where that has to wait again, so have all others. */
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
    this.logger.log({ taken }, 'took deliveries that came while the database was away');
  }

  private async retry({ take, bytes }: Postponed): Promise<void> {
    this.free(bytes);
    await take().catch(() => undefined); // refused: that is in the log of deliveries
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
