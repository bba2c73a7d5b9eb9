import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import type { OrgId } from '@app/kernel';
import { BaseEntries } from '../application/ports/base-entries.port';
import { ancestors } from '../domain/commit-plan';
import type { BaseEntry } from '../domain/reconcile';
import { AgreedRow } from './sync-states.rows';

const BATCH = 1000;

const BASE = 'path, gitlab_blob, dot_blob, settled_to, seen_at, deletion_waits';

interface StoredAgreed {
  path: string;
  gitlab_blob: string | null;
  dot_blob: string | null;
  settled_to: string;
  seen_at: string | null;
  deletion_waits: boolean;
}

@Injectable()
export class TypeOrmBaseEntries extends BaseEntries {
  constructor(private readonly db: Database) {
    super();
  }

  async around(org: OrgId, paths: readonly string[]): Promise<Map<string, BaseEntry>> {
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

  async after(org: OrgId, path: string, limit: number): Promise<Map<string, BaseEntry>> {
    const query = `SELECT ${BASE} FROM sync_agreed WHERE org = $1 AND path > $2 ORDER BY path LIMIT $3`;
    return byPath(await this.db.forOrg(org).query<StoredAgreed[]>(query, [org, path, limit]));
  }

  async all(org: OrgId): Promise<Map<string, BaseEntry>> {
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

  async forget(org: OrgId, paths: readonly string[] | 'all'): Promise<void> {
    if (paths === 'all') await this.db.forOrg(org).orm((manager) => manager.delete(AgreedRow, { org }));
    else
      await this.db
        .forOrg(org)
        .query(`DELETE FROM sync_agreed WHERE org = $1 AND path = ANY($2)`, [org, paths]);
  }
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
