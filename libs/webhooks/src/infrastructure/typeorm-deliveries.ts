import { Injectable } from '@nestjs/common';
import { Column, Entity, Index, LessThan, MoreThanOrEqual, Not, PrimaryGeneratedColumn } from 'typeorm';
import { Database } from '@app/database';
import type { OrgId, Page, PageRequest } from '@app/kernel';
import { Deliveries, KEPT_DELIVERIES, type LastRefusal } from '../application/deliveries.port';
import type { Delivery } from '../domain/delivery';
import type { Refusal } from '../domain/delivery-proof';
import { pageBelow } from './position-page';

@Entity('webhook_deliveries')
@Index('webhook_deliveries_in_order', ['org', 'position'])
@Index('one_webhook_delivery_per_key', ['org', 'key'], { unique: true })
export class WebhookDeliveryRow {
  /** PostgreSQL answers bigint as text. */
  @PrimaryGeneratedColumn('increment', { type: 'bigint' })
  position: string;
  @Column('uuid')
  id: string;
  @Column('text')
  org: OrgId;
  @Column('timestamptz')
  at: Date;
  @Column('text', { nullable: true })
  event: string | null;
  @Column('text', { nullable: true })
  commit: string | null;
  @Column('text')
  outcome: Delivery['outcome'];
  @Column('text', { nullable: true })
  reason: Delivery['reason'];
  @Column('text', { name: 'run_id', nullable: true })
  runId: string | null;
  @Column('text', { nullable: true })
  key: string | null;
}

@Injectable()
export class TypeOrmDeliveries extends Deliveries {
  constructor(private readonly db: Database) {
    super();
  }

  async add(delivery: Delivery): Promise<void> {
    const key = delivery.outcome === 'refused' ? `refused:${delivery.reason}` : null;
    if (key) await this.db.of(delivery.org).delete(WebhookDeliveryRow, { org: delivery.org, key });
    await this.insert(delivery, key);
  }

  addOnce(delivery: Delivery, key: string): Promise<'stored' | 'repeated'> {
    return this.insert(delivery, `once:${key}`);
  }

  async noteRun(org: OrgId, id: string, runId: string): Promise<void> {
    await this.db.of(org).update(WebhookDeliveryRow, { org, id }, { runId });
  }

  list(org: OrgId, request: PageRequest): Promise<Page<Delivery>> {
    return pageBelow(request, async (position, limit) => {
      const where = { org, position: LessThan(String(position)) };
      const order = { position: 'desc' } as const;
      const rows = await this.db.of(org).find(WebhookDeliveryRow, { where, order, take: limit });
      return rows.map((row) => ({ position: Number(row.position), delivery: toDomain(row) }));
    });
  }

  async lastProven(org: OrgId, since: Date): Promise<Date | null> {
    const where = { org, outcome: Not('refused' as const), at: MoreThanOrEqual(since) };
    const row = await this.db.of(org).findOne(WebhookDeliveryRow, { where, order: { position: 'desc' } });
    return row?.at ?? null;
  }

  async lastRefused(org: OrgId, since: Date): Promise<LastRefusal | null> {
    const where = { org, outcome: 'refused' as const, at: MoreThanOrEqual(since) };
    const row = await this.db.of(org).findOne(WebhookDeliveryRow, { where, order: { position: 'desc' } });
    return row && { at: row.at, reason: row.reason as Refusal };
  }

  /** The database decides which of two with the same key is first, not a read before the write. */
  private async insert(delivery: Delivery, key: string | null): Promise<'stored' | 'repeated'> {
    const inserted = await this.db
      .of(delivery.org)
      .createQueryBuilder()
      .insert()
      .into(WebhookDeliveryRow)
      .values({ ...delivery, key })
      .orIgnore()
      .returning('position')
      .execute();
    if (!(inserted.raw as unknown[]).length) return 'repeated';
    await this.prune(delivery.org);
    return 'stored';
  }

  private async prune(org: OrgId): Promise<void> {
    await this.db.of(org).query(
      `delete from webhook_deliveries where position in (
         select position from webhook_deliveries where org = $1
         order by position desc offset $2 for update skip locked)`,
      [org, KEPT_DELIVERIES],
    );
  }
}

function toDomain({ id, org, at, event, commit, outcome, reason, runId }: WebhookDeliveryRow): Delivery {
  return { id, org, at, event, commit, outcome, reason, runId } as Delivery;
}
