import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { LessThan } from 'typeorm';
import { Database } from '@app/database';
import { pageOf, positionOf, type OrgId, type Page, type PageRequest } from '@app/kernel';
import { SyncRuns, type AskedBy } from '../application/ports/sync-runs.port';
import type { Lease } from '../application/ports/sync-states.port';
import { newRun, type Run, type RunKind, type RunTrigger } from '../domain/run';
import { RunOver } from '../domain/sync.errors';
import { NOTE_TRACES } from './note-traces.sql';
import { NEXT_RUN } from './runnable-runs.sql';
import { storedError } from './stored-error';
import { fromRow, RUN, toRun, type StoredRun } from './stored-run';
import { SyncRunRow } from './sync-runs.rows';
import { isUuid } from './uuid';

const UNTRIED = 'trigger, status, created_at, progress, counts, commits, api_calls, attempt, confirmed';

const NEWEST = `SELECT ${RUN} FROM unnest($1::text[]) AS asked (org)
  CROSS JOIN LATERAL (SELECT * FROM sync_runs WHERE org = asked.org ORDER BY seq DESC LIMIT 1) run`;

const OPEN = `SELECT ${RUN} FROM sync_runs run WHERE org = $1 AND finished_at IS NULL ORDER BY seq`;

@Injectable()
export class TypeOrmSyncRuns extends SyncRuns {
  constructor(private readonly db: Database) {
    super();
  }

  async request(org: OrgId, kind: RunKind, trigger: RunTrigger, now: Date): Promise<Run> {
    const { id, status, progress, counts } = newRun(randomUUID(), org, kind, trigger, now);
    // The index decides, not the read: two callers may get here at the same moment, and a run that waits may start.
    const rows = await this.db.forOrg(org).query<StoredRun[]>(
      `WITH waiting AS (
         SELECT * FROM sync_runs
          WHERE org = $1 AND kind = $2 AND status = 'queued' AND finished_at IS NULL ORDER BY seq LIMIT 1
       ), widened AS (
         UPDATE sync_runs run SET announced = NULL FROM waiting
          WHERE run.id = waiting.id AND run.org = $1 AND waiting.announced IS NOT NULL AND run.status = 'queued' RETURNING run.*
       ), made AS (
         INSERT INTO sync_runs (org, id, kind, ${UNTRIED})
         SELECT $1, $3, $2, $4, $5, $6, $7, $8, '{}', 0, 0, false WHERE NOT EXISTS (SELECT FROM waiting)
         ON CONFLICT DO NOTHING RETURNING *
       )
       SELECT ${RUN} FROM (SELECT * FROM waiting WHERE announced IS NULL UNION ALL SELECT * FROM widened UNION ALL SELECT * FROM made) run`,
      [org, kind, id, trigger, status, now, progress, counts],
    );
    return rows.length ? toRun(rows[0]) : this.request(org, kind, trigger, now);
  }

  async requestAll(
    orgs: readonly OrgId[],
    kind: RunKind,
    trigger: RunTrigger,
    now: Date,
    announced: ReadonlyMap<OrgId, string> = new Map(),
  ): Promise<Map<OrgId, string>> {
    const asked = [...new Set(orgs)].sort(); // in one order, so that two callers never wait for each other
    const { status, progress, counts } = newRun('', asked[0], kind, trigger, now);
    const rows = await this.db.acrossOrgs.query<{ org: OrgId; id: string }[]>(
      `WITH asked AS (
         SELECT * FROM unnest($1::text[], $2::uuid[], $9::text[]) AS asked (org, id, announced)
       ), waiting AS (
         SELECT DISTINCT ON (org) org, id, announced FROM sync_runs
          WHERE org = ANY($1) AND kind = $3 AND status = 'queued' AND finished_at IS NULL ORDER BY org, seq
       ), outdated AS (
         SELECT run.id FROM waiting JOIN asked USING (org) JOIN sync_runs run ON run.id = waiting.id
          WHERE run.status = 'queued' AND waiting.announced IS NOT NULL AND waiting.announced IS DISTINCT FROM asked.announced
          ORDER BY run.org FOR UPDATE OF run
       ), widened AS (
         UPDATE sync_runs run SET announced = NULL FROM outdated WHERE run.id = outdated.id RETURNING run.org, run.id
       ), made AS (
         INSERT INTO sync_runs (org, id, kind, announced, ${UNTRIED})
         SELECT org, id, $3, announced, $4, $5, $6, $7, $8, '{}', 0, 0, false FROM asked
          WHERE NOT EXISTS (SELECT FROM waiting WHERE waiting.org = asked.org)
         ON CONFLICT DO NOTHING RETURNING org, id
       )
       SELECT waiting.org, waiting.id FROM waiting JOIN asked USING (org)
        WHERE waiting.announced IS NULL OR waiting.announced = asked.announced
       UNION ALL SELECT * FROM widened UNION ALL SELECT * FROM made`,
      [
        ...[asked, asked.map(() => randomUUID()), kind, trigger, status, now, progress, counts],
        asked.map((org) => announced.get(org) ?? null),
      ],
    );
    const runs = new Map(rows.map(({ org, id }) => [org, id]));
    const late = asked.filter((org) => !runs.has(org));
    if (!late.length) return runs;
    return new Map([...runs, ...(await this.requestAll(late, kind, trigger, now, announced))]);
  }

  async next(org: OrgId, kinds: readonly RunKind[]): Promise<Run | null> {
    const rows = await this.db
      .forOrg(org)
      .query<StoredRun[]>(`SELECT ${RUN} FROM ${NEXT_RUN} run`, [org, kinds]);
    return rows.length ? toRun(rows[0]) : null;
  }

  async start({ org, owner, fence }: Lease, kinds: readonly RunKind[], now: Date): Promise<Run | null> {
    const [rows] = await this.db.forOrg(org).query<[StoredRun[], number]>(
      `WITH held AS (
         SELECT org FROM sync_states WHERE org = $1 AND fence = $3 AND lease_owner = $5 FOR UPDATE
       )
       UPDATE sync_runs run
          SET status = 'running', started_at = coalesce(run.started_at, $4), attempt = run.attempt + 1, error = NULL
         FROM held, ${NEXT_RUN} next WHERE run.id = next.id RETURNING ${RUN}`,
      [org, kinds, fence, now, owner],
    );
    return rows.length ? toRun(rows[0]) : null;
  }

  async save(run: Run): Promise<void> {
    const { id, org, status, progress, counts, commits, attempt, confirmed, kept, head, title, intent } = run;
    const [, saved] = await this.db.forOrg(org).query<[unknown[], number]>(
      `UPDATE sync_runs SET status = $3, started_at = $4, finished_at = $5, progress = $6, counts = $7, commits = $8,
              api_calls = $9, attempt = $10, error = $11, confirmed = $12, kept = $13,
              head = $14, title = $15, author = $16, took = $17, intent = $18
        WHERE id = $2 AND org = $1 AND finished_at IS NULL`,
      [
        ...[org, id, status, run.startedAt, run.finishedAt, progress, counts, commits],
        ...[run.apiCalls, attempt, storedError(run.error), confirmed, kept],
        ...[head, title && storable(title), run.author, run.took, intent],
      ],
    );
    if (!saved) throw new RunOver();
  }

  async noteRequester(org: OrgId, id: string, name: string): Promise<void> {
    await this.db
      .forOrg(org)
      .query(`UPDATE sync_runs SET requested_by = coalesce(requested_by, $3) WHERE org = $1 AND id = $2`, [
        org,
        id,
        storable(name),
      ]);
  }

  async noteTraces(asked: readonly AskedBy[]): Promise<void> {
    await this.db.acrossOrgs.query(NOTE_TRACES, [JSON.stringify(asked)]);
  }

  async find(org: OrgId, id: string): Promise<Run | null> {
    if (!isUuid(id)) return null;
    const row = await this.db.forOrg(org).orm((manager) => manager.findOneBy(SyncRunRow, { org, id }));
    return row && fromRow(row);
  }

  async list(org: OrgId, { limit = 50, cursor }: PageRequest): Promise<Page<Run>> {
    const [before] = positionOf(cursor, [Number.MAX_SAFE_INTEGER]);
    const rows = await this.db.forOrg(org).orm((manager) =>
      manager.find(SyncRunRow, {
        where: { org, seq: LessThan(before) },
        order: { seq: 'DESC' },
        take: limit + 1,
      }),
    );
    const { items, nextCursor } = pageOf(rows, limit, ({ seq }) => [seq]);
    return { items: items.map(fromRow), nextCursor };
  }

  async newest(orgs: readonly OrgId[]): Promise<Map<OrgId, Run>> {
    const rows = await this.db.acrossOrgs.query<StoredRun[]>(NEWEST, [orgs]);
    return new Map(rows.map((row) => [row.org, toRun(row)]));
  }

  async open(org: OrgId): Promise<Run[]> {
    return (await this.db.forOrg(org).query<StoredRun[]>(OPEN, [org])).map(toRun);
  }

  async lockOpen(org: OrgId): Promise<Run[]> {
    return (await this.db.forOrg(org).query<StoredRun[]>(`${OPEN} FOR NO KEY UPDATE`, [org])).map(toRun);
  }
}

/** PostgreSQL keeps no NUL. */
const storable = (text: string): string => text.replaceAll('\0', '');
