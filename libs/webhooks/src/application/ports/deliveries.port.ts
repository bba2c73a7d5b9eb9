import type { OrgId, Page, PageRequest } from '@app/kernel';
import type { Delivery } from '../../domain/delivery';
import type { Refusal } from '../../domain/delivery-proof';

/** How many deliveries of each org are shown. */
export const KEPT_DELIVERIES = 50;

export interface LastRefusal {
  readonly at: Date;
  readonly reason: Refusal;
}

/** A delivery under the key by which it would be known again; null where it has none, or may come again. */
export interface NewDelivery {
  readonly delivery: Delivery;
  readonly key: string | null;
}

/** How many more came that are counted on a row which is there already. */
export interface Coalesced {
  readonly org: OrgId;
  readonly id: string;
  readonly count: number;
}

/** The log of each org's last deliveries. Takes those of many orgs at once. Writes join the caller's transaction. */
export abstract class Deliveries {
  /**
   * Answers the ids of those that were written: of two with one key, also at the same moment, only the first is. A refusal takes
   * the place of the former one with the same reason, so that a stranger cannot push the rest out.
   */
  abstract add(deliveries: readonly NewDelivery[]): Promise<ReadonlySet<string>>;

  abstract count(more: readonly Coalesced[]): Promise<void>;

  /** Those of the keys that an org's deliveries were added under. */
  abstract known(
    keys: readonly { readonly org: OrgId; readonly key: string }[],
  ): Promise<ReadonlySet<string>>;

  /** Newest first, the last 50. */
  abstract list(org: OrgId, request: PageRequest): Promise<Page<Delivery>>;

  /** When the last delivery that was not refused arrived. */
  abstract lastProven(org: OrgId, since: Date): Promise<Date | null>;

  abstract lastRefused(org: OrgId, since: Date): Promise<LastRefusal | null>;

  /** Forgets what is older than that time, but for the last 50 of each org. */
  abstract prune(orgs: readonly OrgId[], before: Date): Promise<void>;
}
