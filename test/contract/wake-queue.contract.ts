import { orgId } from '@app/kernel';
import type { WakeQueue, NextWake } from '@app/sync-engine/testing';

const [A, B, LAST] = ['a', 'b', 'last'].map(orgId);

/** Handles wake-ups, notes the orgs in order, and delays the first answer to the orgs in `holding`. */
export class Answering {
  readonly orgs: string[] = [];
  private readonly held = new Map<string, () => void>();
  private readonly watchers = new Set<() => void>();

  constructor(
    wakeQueue: WakeQueue,
    concurrency: number,
    private readonly holding: readonly string[] = [],
    private readonly again: (org: string, times: number) => NextWake = () => null,
  ) {
    wakeQueue.consume(concurrency, (org) => this.answer(org));
  }

  /** Returns how often this org was handled, or is about to be. */
  times(org: string): number {
    return this.orgs.filter((one) => one === org).length;
  }

  /** Resolves once the org was handled so often. */
  async until(org: string, times = 1): Promise<void> {
    while (this.times(org) < times) await new Promise<void>((resolve) => this.watchers.add(() => resolve()));
  }

  release(org: string): void {
    this.held.get(org)?.();
    this.held.delete(org);
  }

  isHeld(org: string): boolean {
    return this.held.has(org);
  }

  private async answer(org: string): Promise<NextWake> {
    this.orgs.push(org);
    const first = this.times(org) === 1;
    const ended =
      first && this.holding.includes(org) && new Promise<void>((resolve) => this.held.set(org, resolve));
    for (const watcher of this.watchers) watcher();
    this.watchers.clear();
    await ended;
    return this.again(org, this.times(org));
  }
}

/** `open` returns a queue without wake-ups. */
export function describeWakeQueueContract(name: string, open: () => Promise<WakeQueue>): void {
  describe(`WakeQueue contract: ${name}`, () => {
    let wakeQueue: WakeQueue;
    beforeEach(async () => {
      wakeQueue = await open();
    });
    afterEach(() => wakeQueue.close());

    it('makes one pass of all wake-ups of an org that waits', async () => {
      for (let i = 0; i < 50; i++) wakeQueue.wake(A);
      wakeQueue.wake(LAST);
      const answering = new Answering(wakeQueue, 1);
      await answering.until(LAST);
      expect(answering.orgs).toEqual([A, LAST]);
    });

    it('handles other orgs while one is at work, and that one not a second time', async () => {
      const answering = new Answering(wakeQueue, 2, [A]);
      wakeQueue.wake(A);
      await answering.until(A);
      wakeQueue.wake(A);
      wakeQueue.wake(B);
      await answering.until(B);
      wakeQueue.wake(LAST);
      await answering.until(LAST);
      expect(answering.orgs).toEqual([A, B, LAST]);
      answering.release(A);
    });

    it('handles no more orgs at a time than it may', async () => {
      const answering = new Answering(wakeQueue, 1, [A]);
      wakeQueue.wake(A);
      await answering.until(A);
      wakeQueue.wake(B);
      const answered = answering.until(B).then(() => answering.isHeld(A));
      setImmediate(() => answering.release(A));
      expect(await answered).toBe(false);
    });

    it.each([0, 30])(
      'wakes the org again as its handler asks, %s ms later, and no more after null',
      async (delayMs) => {
        const answering = new Answering(wakeQueue, 1, [], (_, times) => (times < 3 ? delayMs : null));
        wakeQueue.wake(A);
        await answering.until(A, 3);
        wakeQueue.wake(LAST, 60);
        await answering.until(LAST);
        expect(answering.times(A)).toBe(3);
      },
    );

    it('delays a wake-up on request, and serves immediate ones first', async () => {
      const answering = new Answering(wakeQueue, 1);
      wakeQueue.wake(A, 50);
      wakeQueue.wake(B);
      await answering.until(A);
      expect(answering.orgs).toEqual([B, A]);
    });

    it('waits for the present pass when it closes, and starts none after', async () => {
      const answering = new Answering(wakeQueue, 2, [A]);
      wakeQueue.wake(A);
      await answering.until(A);
      let closed = false;
      const closing = wakeQueue.close().then(() => (closed = true));
      wakeQueue.wake(B);
      await new Promise(setImmediate);
      expect(closed).toBe(false);
      answering.release(A);
      await closing;
      expect(answering.orgs).toEqual([A]);
    });
  });
}
