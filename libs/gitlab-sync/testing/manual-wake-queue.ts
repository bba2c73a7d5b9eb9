import type { Clock, OrgId } from '@app/kernel';
import { WakeQueue } from '@app/sync-engine/testing';

type Handler = Parameters<WakeQueue['consume']>[1];

/** Collects the orgs that are woken until a test runs them. */
export class ManualWakeQueue extends WakeQueue {
  private readonly dueAt = new Map<OrgId, number>();
  private handler: Handler | null = null;

  constructor(private readonly clock: Clock) {
    super();
  }

  wake(org: OrgId, delayMs = 0): void {
    const at = this.clock.now().getTime() + delayMs;
    this.dueAt.set(org, Math.min(at, this.dueAt.get(org) ?? at));
  }

  consume(_concurrency: number, handler: Handler): void {
    this.handler = handler;
  }

  async close(): Promise<void> {
    this.handler = null;
    this.dueAt.clear();
  }

  /** Runs one pass at an org whose time has come. @returns false if there is none */
  async runNext(): Promise<boolean> {
    const now = this.clock.now().getTime();
    const [org] = [...this.dueAt].find(([, at]) => at <= now) ?? [];
    if (org === undefined || !this.handler) return false;
    this.dueAt.delete(org);
    const next = await this.handler(org);
    if (next !== null) this.wake(org, next);
    return true;
  }
}
