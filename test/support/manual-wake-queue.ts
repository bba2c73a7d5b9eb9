import type { OrgId } from '@app/kernel';
import { WakeQueue } from '@app/sync-engine/testing';

/** Collects the orgs that are woken, for the test to process. */
export class ManualWakeQueue extends WakeQueue {
  readonly waiting = new Set<OrgId>();

  wake(org: OrgId): void {
    this.waiting.add(org);
  }

  consume(): void {
    throw new Error('the test processes the orgs');
  }

  async close(): Promise<void> {
    this.waiting.clear();
  }
}
