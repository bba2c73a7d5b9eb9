import { Injectable } from '@nestjs/common';
import { Column, Entity, Index, MoreThan, PrimaryColumn } from 'typeorm';
import { Database, lockOrg } from '@app/database';
import type { OrgId } from '@app/kernel';
import { WebhookEndpoints, type LastLook } from '../application/ports/webhook-endpoints.port';
import { WebhookEndpoint, type RegisteredHook, type ReplacedKeys } from '../domain/webhook-endpoint';

/** Replaced keys in a JSON-safe form. */
type ReplacedKeysRow = Omit<ReplacedKeys, 'until'> & { readonly until: string };

@Entity('webhook_endpoints')
@Index('one_webhook_endpoint_per_id', ['id'], { unique: true })
@Index('webhook_endpoints_by_last_check', ['hookCheckedAt'])
@Index('webhook_endpoints_former_keys', ['hookCheckedAt'], { where: `hook ->> 'keysId' <> keys_id::text` })
export class WebhookEndpointRow {
  @PrimaryColumn('text')
  org: OrgId;
  @Column('text')
  id: string;
  @Column('uuid')
  generation: string;
  @Column('timestamptz')
  since: Date;
  @Column('uuid', { name: 'keys_id' })
  keysId: string;
  @Column('text', { name: 'sealed_keys' })
  sealedKeys: string;
  @Column('uuid', { name: 'replaced_keys_id', nullable: true })
  replacedKeysId: string | null;
  @Column('text', { name: 'replaced_sealed_keys', nullable: true })
  replacedSealedKeys: string | null;
  @Column('timestamptz', { name: 'replaced_until', nullable: true })
  replacedUntil: Date | null;
  @Column('jsonb', { name: 'replaced_before', default: [] })
  replacedBefore: ReplacedKeysRow[];
  @Column('jsonb', { nullable: true })
  hook: Omit<RegisteredHook, 'checkedAt'> | null;
  @Column('timestamptz', { name: 'hook_checked_at', nullable: true })
  hookCheckedAt: Date | null;
}

@Injectable()
export class TypeOrmWebhookEndpoints extends WebhookEndpoints {
  constructor(private readonly db: Database) {
    super();
  }

  async find(ids: readonly string[]): Promise<Map<string, WebhookEndpoint>> {
    const rows = await this.db.acrossOrgs.query<WebhookEndpointRow[]>(
      `SELECT org, id, generation, since, keys_id AS "keysId", sealed_keys AS "sealedKeys",
              replaced_keys_id AS "replacedKeysId", replaced_sealed_keys AS "replacedSealedKeys",
              replaced_until AS "replacedUntil", replaced_before AS "replacedBefore", hook, hook_checked_at AS "hookCheckedAt"
         FROM webhook_endpoints WHERE id = ANY($1)`,
      [ids],
    );
    return new Map(rows.map((row) => [row.id, toDomain(row)]));
  }

  async ofOrg(org: OrgId): Promise<WebhookEndpoint | null> {
    const row = await this.db.forOrg(org).orm((manager) => manager.findOneBy(WebhookEndpointRow, { org }));
    return row && toDomain(row);
  }

  async hold(org: OrgId): Promise<WebhookEndpoint | null> {
    await lockOrg(this.db, 'webhook_endpoints', org);
    return this.ofOrg(org);
  }

  async save(endpoint: WebhookEndpoint): Promise<void> {
    await this.db
      .forOrg(endpoint.org)
      .orm((manager) => manager.upsert(WebhookEndpointRow, toRow(endpoint), ['org']));
  }

  async remove(org: OrgId): Promise<void> {
    await this.db.forOrg(org).orm((manager) => manager.delete(WebhookEndpointRow, { org }));
  }

  async takeDue({ before, withReplacedKeysBefore }: LastLook, now: Date, limit: number): Promise<OrgId[]> {
    const [rows] = await this.db.acrossOrgs.query<[{ org: OrgId }[], number]>(
      `WITH due AS (
         SELECT org FROM webhook_endpoints
          WHERE hook_checked_at < $1
             OR (hook_checked_at < $3 AND hook ->> 'keysId' <> keys_id::text
                 AND replaced_until > $2)
          ORDER BY hook_checked_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
       )
       UPDATE webhook_endpoints taken SET hook_checked_at = $2 FROM due WHERE taken.org = due.org RETURNING taken.org`,
      [before, now, withReplacedKeysBefore],
    );
    return rows.map(({ org }) => org);
  }

  async orgsAfter(org: OrgId | null, limit: number): Promise<OrgId[]> {
    const rows = await this.db.acrossOrgs.orm((manager) =>
      manager.find(WebhookEndpointRow, {
        select: { org: true },
        where: org === null ? {} : { org: MoreThan(org) },
        order: { org: 'asc' },
        take: limit,
      }),
    );
    return rows.map((row) => row.org);
  }
}

function toRow({ state }: WebhookEndpoint): WebhookEndpointRow {
  const { id, org, generation, since, keys, replaced } = state;
  const [newest, ...before] = replaced;
  const { checkedAt = null, ...hook } = state.hook ?? {};
  return {
    ...{ id, org, generation, since, keysId: keys.id, sealedKeys: keys.sealed },
    replacedKeysId: newest?.keys.id ?? null,
    replacedSealedKeys: newest?.keys.sealed ?? null,
    replacedUntil: newest?.until ?? null,
    replacedBefore: before.map(({ keys, until }) => ({ keys, until: until.toISOString() })),
    hook: state.hook && (hook as Omit<RegisteredHook, 'checkedAt'>),
    hookCheckedAt: checkedAt,
  };
}

function toDomain(row: WebhookEndpointRow): WebhookEndpoint {
  const { id, org, generation, since, hook, hookCheckedAt } = row;
  const { replacedKeysId, replacedSealedKeys, replacedUntil } = row;
  const newest =
    replacedKeysId && replacedSealedKeys && replacedUntil
      ? [{ keys: { id: replacedKeysId, sealed: replacedSealedKeys }, until: replacedUntil }]
      : [];
  const before = row.replacedBefore.map(({ keys, until }) => ({ keys, until: new Date(until) }));
  return WebhookEndpoint.restore({
    ...{ id, org, generation, since, keys: { id: row.keysId, sealed: row.sealedKeys } },
    replaced: [...newest, ...before],
    hook: hook && hookCheckedAt ? { ...hook, checkedAt: hookCheckedAt } : null,
  });
}
