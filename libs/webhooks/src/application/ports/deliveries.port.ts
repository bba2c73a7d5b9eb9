import type { OrgId, Page, PageRequest } from '@app/kernel';
import type { Delivery } from '../../domain/delivery';
import type { Refusal } from '../../domain/delivery-proof';

/** Number of deliveries shown per org. */
export const KEPT_DELIVERIES = 50;

export interface LastRefusal {
  readonly at: Date;
  readonly reason: Refusal;
}

/** Delivery with the key that detects its duplicates; null if it has no key or may be repeated. */
export interface NewDelivery {
  readonly delivery: Delivery;
  readonly key: string | null;
}

/** Number of further deliveries to count on an existing row. */
export interface Coalesced {
  readonly org: OrgId;
  readonly id: string;
  readonly count: number;
}

/**
 * Stores the log of each org's last deliveries. Accepts deliveries of many orgs in one call. Writes join the caller's
 * transaction.
 */
export abstract class Deliveries {
  /**
   * Returns the ids of the stored deliveries. Of several with the same key, even concurrent ones, only the first is
   * stored. A refusal replaces the former one with the same reason, so that a stranger cannot displace other rows.
   */
  abstract add(deliveries: readonly NewDelivery[]): Promise<ReadonlySet<string>>;

  abstract count(more: readonly Coalesced[]): Promise<void>;

  /** Returns the keys that are already stored. */
  abstract known(
    keys: readonly { readonly org: OrgId; readonly key: string }[],
  ): Promise<ReadonlySet<string>>;

  /** Lists the last 50 deliveries, newest first. */
  abstract list(org: OrgId, request: PageRequest): Promise<Page<Delivery>>;

  /** Returns the time of the last delivery that was not refused. */
  abstract lastProven(org: OrgId, since: Date): Promise<Date | null>;

  abstract lastRefused(org: OrgId, since: Date): Promise<LastRefusal | null>;

  /** Deletes deliveries older than `before`, except the last 50 of each org. */
  abstract prune(orgs: readonly OrgId[], before: Date): Promise<void>;
}
