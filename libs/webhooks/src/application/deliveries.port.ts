import type { OrgId, Page, PageRequest } from '@app/kernel';
import type { Delivery } from '../domain/delivery';
import type { Refusal } from '../domain/delivery-proof';

/** How many deliveries of each org are kept. */
export const KEPT_DELIVERIES = 50;

export interface LastRefusal {
  readonly at: Date;
  readonly reason: Refusal;
}

/** The log of each org's last deliveries; older ones go as new ones come. Writes join the caller's transaction. */
export abstract class Deliveries {
  /** A refusal takes the place of the former one with the same reason, so that a stranger cannot push the rest out. */
  abstract add(delivery: Delivery): Promise<void>;

  /** Adds it unless one with the same key was added before; of two at the same moment one is `repeated`. */
  abstract addOnce(delivery: Delivery, key: string): Promise<'stored' | 'repeated'>;

  abstract noteRun(org: OrgId, id: string, runId: string): Promise<void>;

  /** Newest first. */
  abstract list(org: OrgId, request: PageRequest): Promise<Page<Delivery>>;

  /** When the last delivery that was not refused arrived. */
  abstract lastProven(org: OrgId, since: Date): Promise<Date | null>;

  abstract lastRefused(org: OrgId, since: Date): Promise<LastRefusal | null>;
}
