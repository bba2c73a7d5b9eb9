import { Injectable } from '@nestjs/common';
import { Column, Entity, Index, MoreThanOrEqual, Not, PrimaryGeneratedColumn } from 'typeorm';
import { Database } from '@app/database';
import { pageOf, positionOf, allSettledOrThrow, type OrgId, type Page, type PageRequest } from '@app/kernel';
import {
  Deliveries,
  KEPT_DELIVERIES,
  type Coalesced,
  type LastRefusal,
  type NewDelivery,
} from '../application/ports/deliveries.port';
import type { Delivery } from '../domain/delivery';
import type { Refusal } from '../domain/delivery-proof';

@Entity('webhook_deliveries')
@Index('webhook_deliveries_in_order', ['org', 'position'])
@Index('webhook_deliveries_by_id', ['org', 'id'], { unique: true })
@Index('one_webhook_delivery_per_key', ['org', 'key'], { unique: true })
export class WebhookDeliveryRow {
  /** PostgreSQL returns bigint as text. */
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
  @Column('integer', { default: 0 })
  coalesced: number;
  @Column('text', { nullable: true })
  key: string | null;
}

@Injectable()
export class TypeOrmDeliveries extends Deliveries {
  constructor(private readonly db: Database) {
    super();
  }

  /** Inserts without a read before: the database decides which of two deliveries with the same key is first. */
  async add(deliveries: readonly NewDelivery[]): Promise<ReadonlySet<string>> {
    const rows = deliveries.map(({ delivery, key }) => ({ ...delivery, key }));
    const refusals = rows.filter(({ outcome }) => outcome === 'refused');
    const former = refusals.length ? this.deleteKeys(refusals) : null;
    const adding = this.db.acrossOrgs.query<{ id: string }[]>(
      `INSERT INTO webhook_deliveries (id, org, at, event, commit, outcome, reason, run_id, coalesced, key)
       SELECT * FROM json_to_recordset($1) AS row (id uuid, org text, at timestamptz, event text, commit text, outcome text,
                                                   reason text, "runId" text, coalesced int, key text)
       ON CONFLICT DO NOTHING RETURNING id`,
      [JSON.stringify(rows)],
    );
    const [added] = await allSettledOrThrow(adding, former);
    return new Set(added.map(({ id }) => id));
  }

  async count(more: readonly Coalesced[]): Promise<void> {
    await this.db.acrossOrgs.query(
      `UPDATE webhook_deliveries d SET coalesced = d.coalesced + more.count
         FROM unnest($1::text[], $2::uuid[], $3::int[]) AS more (org, id, count)
        WHERE d.org = more.org AND d.id = more.id`,
      [more.map(({ org }) => org), more.map(({ id }) => id), more.map(({ count }) => count)],
    );
  }

  async known(keys: readonly { org: OrgId; key: string }[]): Promise<ReadonlySet<string>> {
    // One org after the other (LIMIT): a plan made while the log is short would later scan all of it.
    const rows = await this.db.acrossOrgs.query<{ key: string }[]>(
      `SELECT d.key FROM unnest($1::text[], $2::text[]) AS asked (org, key), LATERAL (
         SELECT key FROM webhook_deliveries d WHERE d.org = asked.org AND d.key = asked.key LIMIT 1) d`,
      [keys.map(({ org }) => org), keys.map(({ key }) => key)],
    );
    return new Set(rows.map(({ key }) => key));
  }

  async list(org: OrgId, { limit = KEPT_DELIVERIES, cursor }: PageRequest): Promise<Page<Delivery>> {
    const [before] = positionOf(cursor, [Number.MAX_SAFE_INTEGER]);
    const rows = await this.db.forOrg(org).orm((manager) =>
      manager
        .createQueryBuilder(WebhookDeliveryRow, 'row')
        .where('row.org = :org AND row.position < :before', { org, before })
        .andWhere(
          `row.position IN (SELECT position FROM webhook_deliveries WHERE org = :org ORDER BY position DESC LIMIT ${KEPT_DELIVERIES})`,
        )
        .orderBy('row.position', 'DESC')
        .limit(limit + 1)
        .getMany(),
    );
    const { items, nextCursor } = pageOf(rows, limit, ({ position }) => [Number(position)]);
    return { items: items.map(toDomain), nextCursor };
  }

  async lastProven(org: OrgId, since: Date): Promise<Date | null> {
    const where = { org, outcome: Not('refused' as const), at: MoreThanOrEqual(since) };
    const row = await this.db
      .forOrg(org)
      .orm((manager) => manager.findOne(WebhookDeliveryRow, { where, order: { position: 'desc' } }));
    return row?.at ?? null;
  }

  async lastRefused(org: OrgId, since: Date): Promise<LastRefusal | null> {
    const where = { org, outcome: 'refused' as const, at: MoreThanOrEqual(since) };
    const row = await this.db
      .forOrg(org)
      .orm((manager) => manager.findOne(WebhookDeliveryRow, { where, order: { position: 'desc' } }));
    return row && { at: row.at, reason: row.reason as Refusal };
  }

  async prune(orgs: readonly OrgId[], before: Date): Promise<void> {
    await this.db.acrossOrgs.query(
      `DELETE FROM webhook_deliveries d
        USING unnest($1::text[]) AS pruned (org)
        WHERE d.org = pruned.org AND d.at < $2 AND d.position <= (
          SELECT position FROM webhook_deliveries kept WHERE kept.org = pruned.org
           ORDER BY position DESC OFFSET $3 LIMIT 1)`,
      [orgs, before, KEPT_DELIVERIES],
    );
  }

  private async deleteKeys(rows: readonly { org: OrgId; key: string | null }[]): Promise<void> {
    await this.db.acrossOrgs.query(
      `DELETE FROM webhook_deliveries d USING unnest($1::text[], $2::text[]) AS former (org, key)
        WHERE d.org = former.org AND d.key = former.key`,
      [rows.map(({ org }) => org), rows.map(({ key }) => key)],
    );
  }
}

function toDomain({ position: _, key: __, ...delivery }: WebhookDeliveryRow): Delivery {
  return delivery as Delivery;
}
