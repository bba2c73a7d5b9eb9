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
import { ancestors } from '../domain/commit-plan';
import type { BaseEntry } from '../domain/reconcile';
import { NAME_TAKEN } from '../domain/findings';
import { REFUSED_BY_GITLAB } from '../domain/refused-commit';
import { freshState, type Blocked, type SyncState } from '../domain/sync-state';
import { LeaseLost } from '../domain/sync.errors';
import {
  AgreedRow,
  SyncStateRow,
  type StoredBlocked,
  type StoredError,
  type StoredInFlight,
} from './sync-engine.rows';
import { inFlightOf, storedInFlight } from './stored-in-flight';
import { blockedOf, errorOf, storedBlocked, storedError } from './stored-error';
import { RUNNABLE, RETRY_DUE, WORK_TO_DO } from './runnable-runs.sql';

const BATCH = 1000;

const COLUMNS = {
  targetId: 'target_id',
  directories: 'directories',
  baseCommit: 'base_commit',
  pushedRevision: 'pushed_revision',
  snapshotDue: 'shipment_due',
  inFlight: 'in_flight',
  blocked: 'blocked',
  question: 'question',
  failure: 'failure',
  failures: 'failures',
  nextAttemptAt: 'next_attempt_at',
  nextPollAt: 'next_poll_at',
  heldTries: 'held_tries',
  heldRetryAt: 'held_retry_at',
  inspectRetryAt: 'inspect_retry_at',
  webhookSeenAt: 'webhook_seen_at',
  lastSyncedAt: 'last_synced_at',
  compareAllAt: 'compare_all_at',
  lfsRules: 'lfs_rules',
} as const satisfies Record<keyof StatePatch, string>;

const STATE = Object.entries(COLUMNS)
  .map(([field, column]) => `${column} AS "${field}"`)
  .join(', ');

/** Commits without waiting for the disk: a later record brings the transaction there, and only that record matters. */
const NEED_NOT_LAST = `set_config('synchronous_commit', 'off', true)`;

/** PostgreSQL returns bigint as text. */
type StoredState = Omit<SyncState, 'org' | 'pushedRevision' | 'inFlight' | 'blocked' | 'failure'> & {
  readonly inFlight: StoredInFlight | null;
  readonly pushedRevision: string;
  readonly blocked: StoredBlocked | null;
  readonly failure: StoredError | null;
};

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
       WHERE s.lease_until IS NULL OR s.lease_until < clock_timestamp()
       RETURNING fence, ${STATE}, ${NEED_NOT_LAST}`,
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
      `UPDATE sync_states SET next_attempt_at = NULL,
         inspect_retry_at = CASE WHEN inspect_retry_at IS NOT NULL THEN $2::timestamptz END, held_retry_at = CASE WHEN EXISTS (
         SELECT FROM sync_quarantine WHERE org = $1 AND side = 'dot'
            AND (reason = $3 OR (reason = $4 AND blob IS NOT NULL))) THEN $2::timestamptz ELSE held_retry_at END
        WHERE org = $1`,
      [org, now, REFUSED_BY_GITLAB, NAME_TAKEN],
    );
  }

  async unblock(org: OrgId): Promise<Blocked | null> {
    const rows = await this.db
      .forOrg(org)
      .query<{ blocked: StoredBlocked | null }[]>(
        `SELECT blocked FROM sync_states WHERE org = $1 FOR UPDATE`,
        [org],
      );
    const blocked = blockedOf(rows[0]?.blocked ?? null);
    if (blocked)
      await this.db
        .forOrg(org)
        .orm((manager) => manager.update(SyncStateRow, { org }, { blocked: null, nextAttemptAt: null }));
    return blocked;
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
              lease_until IS NOT NULL AND lease_until >= clock_timestamp() AS taken
         FROM sync_states WHERE org = ANY($1)`,
      [orgs],
    );
    return new Map(
      rows.map(({ org, blocked, ...webhookContext }) => [
        org,
        { ...webhookContext, blocked: blockedOf(blocked) },
      ]),
    );
  }

  async baseAround(org: OrgId, paths: readonly string[]): Promise<Map<string, BaseEntry>> {
    if (!paths.length) return new Map();
    const exact = [...new Set([...paths, ...paths.flatMap(ancestors)])];
    // Bounds are made here: under row-level security only a plain comparison may use the index. One range after the other
    // (OFFSET 0): for many together, PostgreSQL would search the whole base.
    const rows = await this.db.forOrg(org).query<StoredAgreed[]>(
      `SELECT ${BASE} FROM sync_agreed WHERE org = $1 AND path = ANY($2)
        UNION
       SELECT ${BASE}
         FROM unnest($3::text[], $4::text[]) AS below (first, last), LATERAL (
           SELECT * FROM sync_agreed
            WHERE org = $1 AND path >= below.first COLLATE "C" AND path < below.last COLLATE "C" OFFSET 0) a`,
      [org, exact, paths.map((path) => `${path}/`), paths.map((path) => `${path}0`)],
    );
    return byPath(rows);
  }

  async agreed(org: OrgId): Promise<Map<string, BaseEntry>> {
    return byPath(
      await this.db
        .forOrg(org)
        .query<StoredAgreed[]>(`SELECT ${BASE} FROM sync_agreed WHERE org = $1`, [org]),
    );
  }

  async waitingDeletions(org: OrgId): Promise<Map<string, BaseEntry>> {
    const query = `SELECT ${BASE} FROM sync_agreed WHERE org = $1 AND deletion_waits ORDER BY path`;
    return byPath(await this.db.forOrg(org).query<StoredAgreed[]>(query, [org]));
  }

  countWaitingDeletions(org: OrgId): Promise<number> {
    return this.db.forOrg(org).orm((manager) => manager.countBy(AgreedRow, { org, deletionWaits: true }));
  }

  async countInDot(org: OrgId): Promise<number> {
    const rows = await this.db
      .forOrg(org)
      .query<{ count: string }[]>(
        `SELECT count(*) FROM sync_agreed WHERE org = $1 AND dot_blob IS NOT NULL`,
        [org],
      );
    return Number(rows[0].count);
  }

  async agree(org: OrgId, entries: ReadonlyMap<string, BaseEntry>): Promise<void> {
    const rows = [...entries];
    for (let start = 0; start < rows.length; start += BATCH) {
      const batch = rows.slice(start, start + BATCH);
      await this.db.forOrg(org).query(
        `INSERT INTO sync_agreed (org, path, gitlab_blob, dot_blob, settled_to, seen_at, deletion_waits)
         SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::boolean[])
         ON CONFLICT (org, path) DO UPDATE
           SET gitlab_blob = excluded.gitlab_blob, dot_blob = excluded.dot_blob, deletion_waits = excluded.deletion_waits,
               settled_to = greatest(sync_agreed.settled_to, excluded.settled_to),
               seen_at = CASE WHEN sync_agreed.gitlab_blob IS NOT DISTINCT FROM excluded.gitlab_blob
                         THEN sync_agreed.seen_at ELSE excluded.seen_at END`,
        [
          org,
          batch.map(([path]) => path),
          batch.map(([, { remote }]) => remote),
          batch.map(([, { local }]) => local),
          batch.map(([, { supersededUpTo }]) => supersededUpTo),
          batch.map(([, { seenAt }]) => seenAt),
          batch.map(([, { deletionWaits = false }]) => deletionWaits),
        ],
      );
    }
  }

  async noteSeen(org: OrgId, paths: readonly string[], commit: string): Promise<void> {
    await this.db
      .forOrg(org)
      .query(`UPDATE sync_agreed SET seen_at = $3 WHERE org = $1 AND path = ANY($2)`, [org, paths, commit]);
  }

  async forgetAgreed(org: OrgId, paths: readonly string[] | 'all'): Promise<void> {
    if (paths === 'all') await this.db.forOrg(org).orm((manager) => manager.delete(AgreedRow, { org }));
    else
      await this.db
        .forOrg(org)
        .query(`DELETE FROM sync_agreed WHERE org = $1 AND path = ANY($2)`, [org, paths]);
  }

  async due(now: Date, limit: number): Promise<OrgId[]> {
    const rows = await this.db.acrossOrgs.query<{ org: OrgId }[]>(
      `(SELECT r.org FROM sync_runs r LEFT JOIN sync_states s USING (org)
         WHERE ${WORK_TO_DO} AND ${RUNNABLE} AND (s.lease_until IS NULL OR s.lease_until < clock_timestamp())
         ORDER BY r.created_at LIMIT $2)
        UNION
       (SELECT org FROM sync_states
         WHERE next_poll_at <= $1 AND coalesce(blocked->>'scope', '') <> 'all' AND (lease_until IS NULL OR lease_until < clock_timestamp())
         ORDER BY next_poll_at LIMIT $2)
        UNION
       (SELECT org FROM sync_states s
         WHERE (held_retry_at <= $1 OR inspect_retry_at <= $1 OR (blocked IS NOT NULL AND ${RETRY_DUE})) AND (next_attempt_at IS NULL OR next_attempt_at <= $1)
           AND (lease_until IS NULL OR lease_until < clock_timestamp())
         LIMIT $2)
        LIMIT $2`,
      [now, limit],
    );
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

function stateOf(
  org: OrgId,
  { pushedRevision, inFlight, blocked, failure, ...stored }: StoredState,
): SyncState {
  const read = { inFlight: inFlightOf(inFlight), blocked: blockedOf(blocked), failure: errorOf(failure) };
  return { org, ...stored, pushedRevision: Number(pushedRevision), ...read };
}

/** Builds the columns to write for a state; its parameters are counted from `first`. */
function written({ inFlight, blocked, failure, ...patch }: StatePatch, first: number) {
  const values = {
    ...patch,
    ...(inFlight !== undefined && { inFlight: storedInFlight(inFlight) }),
    ...(blocked !== undefined && { blocked: storedBlocked(blocked) }),
    ...(failure !== undefined && { failure: storedError(failure) }),
  };
  return {
    assignments: Object.keys(values).map(
      (field, i) => `${COLUMNS[field as keyof StatePatch]} = $${first + i}`,
    ),
    values: Object.values(values),
  };
}

const BASE = 'path, gitlab_blob, dot_blob, settled_to, seen_at, deletion_waits';

interface StoredAgreed {
  path: string;
  gitlab_blob: string | null;
  dot_blob: string | null;
  settled_to: string;
  seen_at: string | null;
  deletion_waits: boolean;
}

function byPath(rows: readonly StoredAgreed[]): Map<string, BaseEntry> {
  return new Map(
    rows.map((row) => [
      row.path,
      {
        remote: row.gitlab_blob,
        local: row.dot_blob,
        supersededUpTo: Number(row.settled_to),
        seenAt: row.seen_at,
        ...(row.deletion_waits && { deletionWaits: true }),
      },
    ]),
  );
}
