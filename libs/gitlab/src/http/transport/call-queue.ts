import type { Clock } from '@app/kernel';
import { RateLimited } from '../../errors/answer.errors';
import { LONGEST_PAUSE_MS } from '../retry';

interface Waiting {
  readonly until: number;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** Queues the calls of one org that wait for the budget, first in, first out. Only the first asks the budget. */
export class CallQueue {
  private readonly calls = new Set<Waiting>();
  private serving = false;

  constructor(
    private readonly take: () => Promise<number>,
    private readonly clock: Clock,
    private readonly onEmpty: () => void,
  ) {}

  /**
   * Resolves once the budget has paid for the call.
   * @throws RateLimited if that takes too long, or the signal's reason
   */
  pass(signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        this.calls.delete(call);
        reject(signal?.reason);
      };
      const done = () => signal?.removeEventListener('abort', giveUp);
      const call: Waiting = {
        until: this.now() + LONGEST_PAUSE_MS,
        resolve: () => (done(), resolve()),
        reject: (reason) => (done(), reject(reason)),
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      this.calls.add(call);
      if (!this.serving) void this.serve();
    });
  }

  private async serve(): Promise<void> {
    this.serving = true;
    while (this.calls.size) {
      try {
        const wait = await this.take();
        if (wait) await this.hold(wait);
        else this.letFirst((call) => call.resolve());
      } catch (error) {
        this.letFirst((call) => call.reject(error));
      }
    }
    this.serving = false;
    this.onEmpty();
  }

  private async hold(wait: number): Promise<void> {
    const late = [...this.calls].filter(({ until }) => until < this.now() + wait);
    for (const call of late) {
      this.calls.delete(call);
      call.reject(new RateLimited(Math.max(wait, LONGEST_PAUSE_MS), 'dot'));
    }
    if (this.calls.size) await this.clock.sleep(wait);
  }

  private letFirst(go: (call: Waiting) => void): void {
    const [first] = this.calls;
    if (!first) return;
    this.calls.delete(first);
    go(first);
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
