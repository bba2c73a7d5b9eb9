import type { InMemoryTables } from '@app/database/testing';
import { pageOf, positionOf, type OrgId, type Page, type PageRequest } from '@app/kernel';
import {
  Deliveries,
  KEPT_DELIVERIES,
  type Coalesced,
  type LastRefusal,
  type NewDelivery,
} from '../src/application/ports/deliveries.port';
import type { Delivery } from '../src/domain/delivery';

interface Row extends NewDelivery {
  readonly position: number;
}

export class InMemoryDeliveries extends Deliveries {
  private last = 0;

  constructor(private readonly tables: InMemoryTables) {
    super();
  }

  add(deliveries: readonly NewDelivery[]): Promise<ReadonlySet<string>> {
    return this.tables.run(() => new Set(deliveries.flatMap((added) => this.insert(added))));
  }

  async count(more: readonly Coalesced[]): Promise<void> {
    await this.tables.run(() => {
      for (const { org, id, count } of more) {
        const row = this.rows.get(id);
        if (row?.delivery.org !== org) continue;
        const coalesced = row.delivery.coalesced + count;
        this.rows.set(id, { ...row, delivery: { ...row.delivery, coalesced } });
      }
    });
  }

  async known(keys: readonly { org: OrgId; key: string }[]): Promise<ReadonlySet<string>> {
    const known = keys.filter(({ org, key }) => this.ofOrg(org).some((row) => row.key === key));
    return new Set(known.map(({ key }) => key));
  }

  async list(org: OrgId, { limit = KEPT_DELIVERIES, cursor }: PageRequest): Promise<Page<Delivery>> {
    const [before] = positionOf(cursor, [Number.MAX_SAFE_INTEGER]);
    const shown = this.ofOrg(org).slice(0, KEPT_DELIVERIES);
    const rows = shown.filter((row) => row.position < before);
    const { items, nextCursor } = pageOf(rows, limit, ({ position }) => [position]);
    return { items: items.map(({ delivery }) => delivery), nextCursor };
  }

  async lastProven(org: OrgId, since: Date): Promise<Date | null> {
    const proven = this.ofOrg(org).find(
      ({ delivery }) => delivery.outcome !== 'refused' && delivery.at >= since,
    );
    return proven?.delivery.at ?? null;
  }

  async lastRefused(org: OrgId, since: Date): Promise<LastRefusal | null> {
    for (const { delivery } of this.ofOrg(org)) {
      if (delivery.outcome === 'refused' && delivery.at >= since)
        return { at: delivery.at, reason: delivery.reason };
    }
    return null;
  }

  async prune(orgs: readonly OrgId[], before: Date): Promise<void> {
    await this.tables.run(() => {
      for (const { delivery } of orgs.flatMap((org) => this.ofOrg(org).slice(KEPT_DELIVERIES)))
        if (delivery.at < before) this.rows.delete(delivery.id);
    });
  }

  private insert({ delivery, key }: NewDelivery): string[] {
    const { org, id, outcome } = delivery;
    const former = key && this.ofOrg(org).find((row) => row.key === key);
    if (former && outcome !== 'refused') return [];
    if (former) this.rows.delete(former.delivery.id);
    this.rows.set(id, { position: ++this.last, key, delivery });
    return [id];
  }

  private get rows() {
    return this.tables.table<Row>('webhook_deliveries');
  }

  /** Newest first. */
  private ofOrg(org: OrgId): Row[] {
    const rows = this.rows.values().filter(({ delivery }) => delivery.org === org);
    return rows.sort((one, other) => other.position - one.position);
  }
}
