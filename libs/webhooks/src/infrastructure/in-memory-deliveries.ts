import type { InMemoryTables } from '@app/database/testing';
import type { OrgId, Page, PageRequest } from '@app/kernel';
import { Deliveries, KEPT_DELIVERIES, type LastRefusal } from '../application/deliveries.port';
import type { Delivery } from '../domain/delivery';
import { pageBelow } from './position-page';

interface Row {
  readonly position: number;
  readonly key: string | null;
  readonly delivery: Delivery;
}

export class InMemoryDeliveries extends Deliveries {
  private last = 0;

  constructor(private readonly tables: InMemoryTables) {
    super();
  }

  async add(delivery: Delivery): Promise<void> {
    await this.tables.run(() => {
      const key = delivery.outcome === 'refused' ? `refused:${delivery.reason}` : null;
      const former = key && this.ofOrg(delivery.org).find((row) => row.key === key);
      if (former) this.rows.delete(former.delivery.id);
      this.insert(delivery, key);
    });
  }

  async addOnce(delivery: Delivery, key: string): Promise<'stored' | 'repeated'> {
    return this.tables.run(() => {
      if (this.ofOrg(delivery.org).some((row) => row.key === `once:${key}`)) return 'repeated';
      this.insert(delivery, `once:${key}`);
      return 'stored';
    });
  }

  async noteRun(org: OrgId, id: string, runId: string): Promise<void> {
    await this.tables.run(() => {
      const row = this.ofOrg(org).find(({ delivery }) => delivery.id === id);
      if (row) this.rows.set(id, { ...row, delivery: { ...row.delivery, runId } as Delivery });
    });
  }

  list(org: OrgId, request: PageRequest): Promise<Page<Delivery>> {
    return pageBelow(request, async (position, limit) =>
      this.ofOrg(org)
        .filter((row) => row.position < position)
        .slice(0, limit),
    );
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

  private insert(delivery: Delivery, key: string | null): void {
    this.rows.set(delivery.id, { position: ++this.last, key, delivery });
    for (const { delivery: old } of this.ofOrg(delivery.org).slice(KEPT_DELIVERIES)) this.rows.delete(old.id);
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
