import { Injectable, Logger } from '@nestjs/common';

/** Takes a delivery anew; one that still cannot be taken asks for room again. */
type Take = () => Promise<unknown>;

interface Postponed {
  readonly take: Take;
  readonly bytes: number;
}

/** For one delivery: it is used once, or given up. */
export interface Room {
  use(take: Take): void;
  giveUp(): void;
}

const MOST = 1_000;
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Deliveries that came while the database was away, until it is back. What is too much to keep, or is lost with the process, is found
 * by polling.
 */
@Injectable()
export class PostponedDeliveries {
  private readonly logger = new Logger('webhooks');
  private waiting: Postponed[] = [];
  private count = 0;
  private bytes = 0;

  /** Asked for before anything is read into it; null where there is none. */
  roomFor(bytes: number): Room | null {
    if (this.count >= MOST || this.bytes + bytes > MOST_BYTES) return null;
    this.count++;
    this.bytes += bytes;
    return { use: (take) => void this.waiting.push({ take, bytes }), giveUp: () => this.free(bytes) };
  }

  /** One first: where that has to wait again, so have all others. */
  async takeAll(): Promise<void> {
    const [first, ...others] = this.waiting;
    if (!first) return;
    this.waiting = others;
    const before = others.length;
    await this.take(first);
    if (this.waiting.length > before) return;
    this.waiting = [];
    await Promise.all(others.map((one) => this.take(one)));
    this.logger.log({ deliveries: 1 + before }, 'took the deliveries that came while the database was away');
  }

  private async take({ take, bytes }: Postponed): Promise<void> {
    this.free(bytes);
    await take().catch(() => undefined); // refused: that is in the log of deliveries
  }

  private free(bytes: number): void {
    this.count--;
    this.bytes -= bytes;
  }
}
