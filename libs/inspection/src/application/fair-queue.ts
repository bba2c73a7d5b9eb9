import type { OrgId } from '@app/kernel';
import { InspectionBusy } from '../domain/inspection.errors';

/** Turns of one org that may wait; each holds its texts in memory. */
export const MOST_WAITING = 50;

interface Waiting {
  readonly alone: boolean;
  readonly begin: () => void;
}

/** Lets orgs take turns: so many at a time, one per org, round robin, however much one of them asks for. */
export class FairQueue {
  /** In the order of the round. */
  private readonly waiting = new Map<OrgId, Waiting[]>();
  private readonly busy = new Set<OrgId>();
  private exclusive = false;

  constructor(private readonly most: number) {}

  /** Does the work when the org has its turn; `alone` while no other turn is under way. @throws InspectionBusy */
  async take<T>(org: OrgId, work: (waited: boolean) => Promise<T>, { alone = false } = {}): Promise<T> {
    const waited = await this.turn(org, alone);
    try {
      return await work(waited);
    } finally {
      this.end(org);
    }
  }

  /** Resolves to whether the turn had to wait. */
  private turn(org: OrgId, alone: boolean): Promise<boolean> {
    const queue = this.waiting.get(org) ?? [];
    if (queue.length >= MOST_WAITING) throw new InspectionBusy();
    return new Promise((resolve) => {
      let waited = false;
      this.waiting.set(org, [...queue, { alone, begin: () => resolve(waited) }]);
      this.serve();
      waited = true;
    });
  }

  /** The org goes to the end of the round. */
  private end(org: OrgId): void {
    const queue = this.waiting.get(org);
    this.waiting.delete(org);
    if (queue) this.waiting.set(org, queue);
    this.busy.delete(org);
    this.exclusive = false;
    this.serve();
  }

  private serve(): void {
    for (const [org, [next, ...others]] of this.waiting) {
      if (this.exclusive || this.busy.size >= this.most) return;
      if (this.busy.has(org)) continue;
      if (next.alone && this.busy.size) return; // the turns that are under way end first
      this.waiting.delete(org);
      if (others.length) this.waiting.set(org, others);
      this.busy.add(org);
      this.exclusive = next.alone;
      next.begin();
    }
  }
}
