import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import type { OrgId } from '@app/kernel';
import {
  SyncStates,
  type WebhookContext,
  type Held,
  type Lease,
  type StatePatch,
} from '../application/ports/sync-states.port';
import { NAME_TAKEN } from '../domain/findings';
import { REFUSED_BY_GITLAB } from '../domain/refused-commit';
import { withoutKind, type Blocked } from '../domain/blocked';
import type { RunKind } from '../domain/run';
import { freshState, type SyncState } from '../domain/sync-state';
import { LeaseLost } from '../domain/sync.errors';
import { DUE_ORGS, LEASE_FREE } from './runnable-runs.sql';
import { blockedOf, type StoredBlocked } from './stored-error';
import { STATE, stateOf, written, type StoredState } from './stored-state';
import { SyncStateRow } from './sync-states.rows';

/** Commits without waiting for the disk: a later record brings the transaction there, and only that record matters. */
const ASYNC_COMMIT = `set_config('synchronous_commit', 'off', true)`;

@Injectable()
export class TypeOrmSyncStates extends SyncStates {
  constructor(private readonly db: Database) {
    super();
  }

  async load(org: OrgId): Promise<SyncState> {
    const rows = await this.db
      .forOrg(org)
      .query<StoredState[]>(`SELECT ${STATE} FROM sync_states WHERE org = $1`, [org]);
    return rows.length ? stateOf(org, rows[0]) : freshState(org);
  }

  async acquire(org: OrgId, owner: string, ttlMs: number): Promise<Held | null> {
    const rows = await this.db.forOrg(org).query<(StoredState & { fence: string; set_config: string })[]>(
      `INSERT INTO sync_states AS s (org, fence, lease_owner, lease_until)
       VALUES ($1, 1, $2, clock_timestamp() + $3 * interval '1 millisecond')
       ON CONFLICT (org) DO UPDATE
         SET fence = s.fence + 1, lease_owner = excluded.lease_owner, lease_until = excluded.lease_until
       WHERE ${LEASE_FREE}
       RETURNING fence, ${STATE}, ${ASYNC_COMMIT}`,
      [org, owner, ttlMs],
    );
    if (!rows.length) return null;
    const [{ fence, set_config: _, ...stored }] = rows;
    return { lease: { org, owner, fence: Number(fence) }, state: stateOf(org, stored) };
  }

  async release({ org, owner, fence }: Lease, patch: StatePatch = {}): Promise<void> {
    const { assignments, values } = written(patch, 4);
    const set = ['lease_owner = NULL', 'lease_until = NULL', ...assignments].join(', ');
    await this.db
      .forOrg(org)
      .query(`UPDATE sync_states SET ${set} WHERE org = $1 AND fence = $2 AND lease_owner = $3`, [
        org,
        fence,
        owner,
        ...values,
      ]);
  }

  async hold({ org, owner, fence }: Lease, ttlMs: number): Promise<void> {
    const [, held] = await this.db.forOrg(org).query<[unknown[], number]>(
      `UPDATE sync_states SET lease_until = clock_timestamp() + $3 * interval '1 millisecond'
        WHERE org = $1 AND fence = $2 AND lease_owner = $4`,
      [org, fence, ttlMs, owner],
    );
    if (!held) throw new LeaseLost();
  }

  async save(org: OrgId, patch: StatePatch): Promise<void> {
    const { assignments, values } = written(patch, 2);
    if (!assignments.length) return;
    await this.db
      .forOrg(org)
      .query(`UPDATE sync_states SET ${assignments.join(', ')} WHERE org = $1`, [org, ...values]);
  }

  async attemptNow(org: OrgId, now: Date): Promise<void> {
    await this.db.forOrg(org).query(
      `UPDATE sync_states SET next_attempt_at = NULL, push_after = NULL,
         inspect_retry_at = CASE WHEN inspect_retry_at IS NOT NULL THEN $2::timestamptz END, held_retry_at = CASE WHEN EXISTS (
         SELECT FROM sync_quarantine WHERE org = $1 AND side = 'dot'
            AND (reason = $3 OR (reason = $4 AND blob IS NOT NULL))) THEN $2::timestamptz ELSE held_retry_at END
        WHERE org = $1`,
      [org, now, REFUSED_BY_GITLAB, NAME_TAKEN],
    );
  }

  async unblock(org: OrgId): Promise<Blocked | null> {
    const blocked = await this.lockBlocked(org);
    if (blocked)
      await this.db
        .forOrg(org)
        .orm((manager) => manager.update(SyncStateRow, { org }, { blocked: null, nextAttemptAt: null }));
    return blocked;
  }

  async dropBlocked(org: OrgId, kind: RunKind): Promise<void> {
    const blocked = await this.lockBlocked(org);
    if (blocked?.kinds.includes(kind)) await this.save(org, { blocked: withoutKind(blocked, kind) });
  }

  private async lockBlocked(org: OrgId): Promise<Blocked | null> {
    const rows = await this.db
      .forOrg(org)
      .query<{ blocked: StoredBlocked | null }[]>(
        `SELECT blocked FROM sync_states WHERE org = $1 FOR UPDATE`,
        [org],
      );
    return blockedOf(rows[0]?.blocked ?? null);
  }

  async retryBlocked(orgs: readonly OrgId[], at: Date): Promise<void> {
    await this.db.acrossOrgs.query(
      `WITH stopped AS (
         SELECT org FROM sync_states WHERE org = ANY($1) AND blocked IS NOT NULL ORDER BY org FOR UPDATE SKIP LOCKED
       )
       UPDATE sync_states s SET blocked = s.blocked || jsonb_build_object('retryAt', $2::text)
         FROM stopped WHERE s.org = stopped.org`,
      [orgs, at.toISOString()],
    );
  }

  async noteWebhooks(orgs: readonly OrgId[], at: Date): Promise<void> {
    await this.db.acrossOrgs.query(
      `WITH known AS (
         SELECT org FROM sync_states WHERE org = ANY($1) ORDER BY org FOR UPDATE SKIP LOCKED
       ), noted AS (
         UPDATE sync_states SET webhook_seen_at = $2 FROM known WHERE sync_states.org = known.org
       )
       INSERT INTO sync_states (org, webhook_seen_at)
       SELECT org, $2 FROM unnest($1::text[]) AS wanted (org)
        WHERE NOT EXISTS (SELECT FROM sync_states s WHERE s.org = wanted.org) ORDER BY org
       ON CONFLICT DO NOTHING`,
      [orgs, at],
    );
  }

  async webhookContext(orgs: readonly OrgId[]): Promise<Map<OrgId, WebhookContext>> {
    const rows = await this.db.acrossOrgs.query<
      (Omit<WebhookContext, 'blocked'> & { org: OrgId; blocked: StoredBlocked | null })[]
    >(
      `SELECT org, base_commit AS "baseCommit", blocked, webhook_seen_at AS "webhookSeenAt",
              proposal #>> '{cycle,head}' AS "workCommit", NOT ${LEASE_FREE} AS taken
         FROM sync_states s WHERE org = ANY($1)`,
      [orgs],
    );
    return new Map(
      rows.map(({ org, blocked, ...webhookContext }) => [
        org,
        { ...webhookContext, blocked: blockedOf(blocked) },
      ]),
    );
  }

  async due(now: Date, limit: number): Promise<OrgId[]> {
    const rows = await this.db.acrossOrgs.query<{ org: OrgId }[]>(DUE_ORGS, [now, limit]);
    return rows.map(({ org }) => org);
  }

  async loadAll(orgs: readonly OrgId[]): Promise<Map<OrgId, SyncState>> {
    const rows = await this.db.acrossOrgs.query<(StoredState & { org: OrgId })[]>(
      `SELECT org, ${STATE} FROM sync_states WHERE org = ANY($1)`,
      [orgs],
    );
    return new Map(rows.map(({ org, ...stored }) => [org, stateOf(org, stored)]));
  }
}
