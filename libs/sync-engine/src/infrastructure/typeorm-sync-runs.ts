import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { IsNull, LessThan } from 'typeorm';
import { Database } from '@app/database';
import { pageOf, positionOf, type OrgId, type Page, type PageRequest } from '@app/kernel';
import { SyncRuns } from '../application/sync-runs.port';
import { newRun, type Run, type RunKind, type RunTrigger } from '../domain/run';
import { RunOver } from '../domain/sync.errors';
import { errorOf, storedError } from './stored-error';
import { SyncRunRow } from './sync-engine.rows';
import { isUuid } from './uuid';

@Injectable()
export class TypeOrmSyncRuns extends SyncRuns {
  constructor(private readonly db: Database) {
    super();
  }

  async request(org: OrgId, kind: RunKind, trigger: RunTrigger, now: Date): Promise<Run> {
    const waiting = await this.waiting(org, kind);
    if (waiting) return waiting;
    // The index decides, not the read above: two callers may get here at the same moment.
    const row = toRow(newRun(randomUUID(), org, kind, trigger, now));
    await this.db.of(org).createQueryBuilder().insert().into(SyncRunRow).values(row).orIgnore().execute();
    return (await this.waiting(org, kind)) ?? this.request(org, kind, trigger, now);
  }

  async requestAll(
    orgs: readonly OrgId[],
    kind: RunKind,
    trigger: RunTrigger,
    now: Date,
  ): Promise<Map<OrgId, string>> {
    const waiting = await this.allWaiting(orgs, kind);
    const missing = orgs.filter((org) => !waiting.has(org)).sort();
    if (!missing.length) return waiting;
    const rows = missing.map((org) => toRow(newRun(randomUUID(), org, kind, trigger, now)));
    const { raw } = await this.db.everyOrg
      .createQueryBuilder()
      .insert()
      .into(SyncRunRow)
      .values(rows)
      .orIgnore()
      .updateEntity(false)
      .returning(['org', 'id'])
      .execute();
    for (const { org, id } of raw as { org: OrgId; id: string }[]) waiting.set(org, id);
    // The index decides, not the read above: where another was first, its run waits.
    const late = missing.filter((org) => !waiting.has(org));
    if (!late.length) return waiting;
    return new Map([...waiting, ...(await this.requestAll(late, kind, trigger, now))]);
  }

  async next(org: OrgId, kinds: readonly RunKind[]): Promise<Run | null> {
    const row = await this.db
      .of(org)
      .createQueryBuilder(SyncRunRow, 'run')
      .where(`run.org = :org AND run.finishedAt IS NULL AND run.status IN ('queued', 'running')`, { org })
      .andWhere('run.kind IN (:...kinds)', { kinds })
      .orderBy(`(run.status = 'running')`, 'DESC')
      .addOrderBy(`array_position(ARRAY['initial', 'pull', 'push'], run.kind)`)
      .addOrderBy('run.seq')
      .limit(1)
      .getOne();
    return row && toRun(row);
  }

  async save(run: Run): Promise<void> {
    const { affected } = await this.db
      .of(run.org)
      .update(SyncRunRow, { id: run.id, org: run.org, finishedAt: IsNull() }, toRow(run));
    if (!affected) throw new RunOver();
  }

  async find(org: OrgId, id: string): Promise<Run | null> {
    if (!isUuid(id)) return null;
    const row = await this.db.of(org).findOneBy(SyncRunRow, { org, id });
    return row && toRun(row);
  }

  async list(org: OrgId, { limit = 50, cursor }: PageRequest): Promise<Page<Run>> {
    const [before] = positionOf(cursor, [Number.MAX_SAFE_INTEGER]);
    const rows = await this.db.of(org).find(SyncRunRow, {
      where: { org, seq: LessThan(before) },
      order: { seq: 'DESC' },
      take: limit + 1,
    });
    const { items, nextCursor } = pageOf(rows, limit, ({ seq }) => [seq]);
    return { items: items.map(toRun), nextCursor };
  }

  async open(org: OrgId): Promise<Run[]> {
    const rows = await this.db.of(org).find(SyncRunRow, {
      where: { org, finishedAt: IsNull() },
      order: { seq: 'ASC' },
    });
    return rows.map(toRun);
  }

  private async allWaiting(orgs: readonly OrgId[], kind: RunKind): Promise<Map<OrgId, string>> {
    const rows = await this.db.everyOrg.query<{ org: OrgId; id: string }[]>(
      `SELECT DISTINCT ON (org) org, id FROM sync_runs
        WHERE org = ANY($1) AND kind = $2 AND status = 'queued' AND finished_at IS NULL ORDER BY org, seq`,
      [orgs, kind],
    );
    return new Map(rows.map(({ org, id }) => [org, id]));
  }

  private async waiting(org: OrgId, kind: RunKind): Promise<Run | null> {
    const row = await this.db.of(org).findOne(SyncRunRow, {
      where: { org, kind, status: 'queued', finishedAt: IsNull() },
      order: { seq: 'ASC' },
    });
    return row && toRun(row);
  }
}

function toRow(run: Run): Omit<SyncRunRow, 'seq'> {
  return { ...run, commits: [...run.commits], error: storedError(run.error) };
}

function toRun({ seq: _, error, ...run }: SyncRunRow): Run {
  return { ...run, error: errorOf(error) };
}
