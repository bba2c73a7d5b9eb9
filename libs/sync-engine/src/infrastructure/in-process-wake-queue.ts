import type { OrgId } from '@app/kernel';
import { WakeQueue, type WakeHandler } from '../application/ports/wake-queue.port';

/** Wakes orgs within one process: a woken org waits in line once, and one woken during its pass gets another. */
export class InProcessWakeQueue extends WakeQueue {
  private readonly waiting = new Set<OrgId>();
  private readonly working = new Map<OrgId, Promise<void>>();
  private readonly delayed = new Map<OrgId, NodeJS.Timeout>();
  private handler: WakeHandler | null = null;
  private concurrency = 0;
  private closed = false;

  wake(org: OrgId, delayMs = 0): void {
    if (this.closed) return;
    if (delayMs > 0) return this.wakeLater(org, delayMs);
    this.waiting.add(org);
    this.admit();
  }

  consume(concurrency: number, handler: WakeHandler): void {
    this.concurrency = concurrency;
    this.handler = handler;
    this.admit();
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const timer of this.delayed.values()) clearTimeout(timer);
    this.delayed.clear();
    this.waiting.clear();
    await Promise.all(this.working.values());
  }

  private wakeLater(org: OrgId, delayMs: number): void {
    clearTimeout(this.delayed.get(org));
    const timer = setTimeout(() => {
      this.delayed.delete(org);
      this.wake(org);
    }, delayMs);
    this.delayed.set(org, timer);
  }

  /** First come, first served; an org that is at work waits until it is done. */
  private admit(): void {
    if (!this.handler || this.closed) return;
    for (const org of this.waiting) {
      if (this.working.size >= this.concurrency) return;
      if (this.working.has(org)) continue;
      this.waiting.delete(org);
      this.working.set(org, this.work(org, this.handler));
    }
  }

  private async work(org: OrgId, handler: WakeHandler): Promise<void> {
    const again = await handler(org);
    this.working.delete(org);
    if (again !== null) this.wake(org, again);
    this.admit();
  }
}
