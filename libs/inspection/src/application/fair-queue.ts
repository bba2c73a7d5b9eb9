import type { OrgId } from '@app/kernel';
import { InspectionBusy } from '../domain/inspection.errors';

/** Most waiting turns of one org; each holds its texts in memory. */
export const MOST_WAITING = 50;

interface Waiting {
  readonly exclusive: boolean;
  readonly begin: () => void;
}

/**
 * Limits the number of running turns. Orgs take turns round robin, one at a time each, however many one org requests.
 */
export class FairQueue {
  /** Orgs in the order of the round. */
  private readonly waiting = new Map<OrgId, Waiting[]>();
  private readonly busy = new Set<OrgId>();
  private exclusive = false;

  constructor(private readonly most: number) {}

  /** Runs the work when it is the org's turn; if `exclusive`, while no other turn runs. @throws InspectionBusy */
  async take<T>(org: OrgId, work: (waited: boolean) => Promise<T>, { exclusive = false } = {}): Promise<T> {
    const waited = await this.turn(org, exclusive);
    try {
      return await work(waited);
    } finally {
      this.end(org);
    }
  }

  /** Resolves when the turn begins, with whether it had to wait. */
  private turn(org: OrgId, exclusive: boolean): Promise<boolean> {
    const queue = this.waiting.get(org) ?? [];
    if (queue.length >= MOST_WAITING) throw new InspectionBusy();
    return new Promise((resolve) => {
      let waited = false;
      this.waiting.set(org, [...queue, { exclusive, begin: () => resolve(waited) }]);
      this.serve();
      waited = true;
    });
  }

  /** Ends the turn and moves the org to the end of the round. */
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
      if (next.exclusive && this.busy.size) return; // running turns end first
      this.waiting.delete(org);
      if (others.length) this.waiting.set(org, others);
      this.busy.add(org);
      this.exclusive = next.exclusive;
      next.begin();
    }
  }
}
