import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import type { OrgId } from '@app/kernel';
import { ProposedEntries } from '../application/ports/proposed-entries.port';
import { ancestors } from '../domain/commit-plan';
import type { ProposedEntry } from '../domain/proposed-entry';
import type { BaseEntry } from '../domain/reconcile';
import { ProposedRow } from './sync-states.rows';

const BATCH = 1000;

const ENTRY = 'path, gitlab_blob, dot_blob, settled_to, seen_at, start_blob';

interface StoredProposed {
  path: string;
  gitlab_blob: string | null;
  dot_blob: string | null;
  settled_to: string;
  seen_at: string | null;
  start_blob: string | null;
}

@Injectable()
export class TypeOrmProposedEntries extends ProposedEntries {
  constructor(private readonly db: Database) {
    super();
  }

  async around(org: OrgId, paths: readonly string[]): Promise<Map<string, ProposedEntry>> {
    if (!paths.length) return new Map();
    const exact = [...new Set([...paths, ...paths.flatMap(ancestors)])];
    const rows = await this.db.forOrg(org).query<StoredProposed[]>(
      `SELECT ${ENTRY} FROM sync_proposed WHERE org = $1 AND path = ANY($2)
        UNION
       SELECT ${ENTRY}
         FROM unnest($3::text[], $4::text[]) AS below (first, last), LATERAL (
           SELECT * FROM sync_proposed
            WHERE org = $1 AND path >= below.first COLLATE "C" AND path < below.last COLLATE "C" OFFSET 0) a`,
      [org, exact, paths.map((path) => `${path}/`), paths.map((path) => `${path}0`)],
    );
    return byPath(rows);
  }

  async after(org: OrgId, path: string, limit: number): Promise<Map<string, ProposedEntry>> {
    const query = `SELECT ${ENTRY} FROM sync_proposed WHERE org = $1 AND path > $2 ORDER BY path LIMIT $3`;
    return byPath(await this.db.forOrg(org).query<StoredProposed[]>(query, [org, path, limit]));
  }

  async all(org: OrgId): Promise<Map<string, ProposedEntry>> {
    return byPath(
      await this.db
        .forOrg(org)
        .query<StoredProposed[]>(`SELECT ${ENTRY} FROM sync_proposed WHERE org = $1`, [org]),
    );
  }

  async agree(org: OrgId, entries: ReadonlyMap<string, BaseEntry>): Promise<void> {
    const rows = [...entries];
    for (let start = 0; start < rows.length; start += BATCH) {
      const batch = rows.slice(start, start + BATCH);
      await this.db.forOrg(org).query(
        `INSERT INTO sync_proposed (org, path, gitlab_blob, dot_blob, settled_to, seen_at, start_blob)
         SELECT $1, entry.*, agreed.gitlab_blob
           FROM unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[])
                AS entry (path, gitlab_blob, dot_blob, settled_to, seen_at)
           LEFT JOIN sync_agreed agreed ON agreed.org = $1 AND agreed.path = entry.path
         ON CONFLICT (org, path) DO UPDATE
           SET gitlab_blob = excluded.gitlab_blob, dot_blob = excluded.dot_blob,
               settled_to = greatest(sync_proposed.settled_to, excluded.settled_to),
               seen_at = CASE WHEN sync_proposed.gitlab_blob IS NOT DISTINCT FROM excluded.gitlab_blob
                         THEN sync_proposed.seen_at ELSE excluded.seen_at END`,
        [
          org,
          batch.map(([path]) => path),
          batch.map(([, { remote }]) => remote),
          batch.map(([, { local }]) => local),
          batch.map(([, { supersededUpTo }]) => supersededUpTo),
          batch.map(([, { seenAt }]) => seenAt),
        ],
      );
    }
  }

  async preserve(org: OrgId, paths: readonly string[]): Promise<void> {
    await this.db.forOrg(org).query(
      `INSERT INTO sync_proposed (org, path, gitlab_blob, dot_blob, settled_to, seen_at, start_blob)
       SELECT $1, present.path, gitlab_blob, dot_blob, coalesce(settled_to, 0), seen_at, gitlab_blob
         FROM unnest($2::text[]) AS present (path)
         LEFT JOIN sync_agreed agreed ON agreed.org = $1 AND agreed.path = present.path
       ON CONFLICT DO NOTHING`,
      [org, paths],
    );
  }

  async noteSeen(org: OrgId, paths: readonly string[], commit: string): Promise<void> {
    await this.preserve(org, paths);
    await this.db
      .forOrg(org)
      .query(`UPDATE sync_proposed SET seen_at = $3 WHERE org = $1 AND path = ANY($2)`, [org, paths, commit]);
  }

  async forget(org: OrgId, paths: readonly string[] | 'all'): Promise<void> {
    if (paths === 'all') await this.db.forOrg(org).orm((manager) => manager.delete(ProposedRow, { org }));
    else
      await this.db
        .forOrg(org)
        .query(`DELETE FROM sync_proposed WHERE org = $1 AND path = ANY($2)`, [org, paths]);
  }
}

function byPath(rows: readonly StoredProposed[]): Map<string, ProposedEntry> {
  return new Map(
    rows.map((row) => [
      row.path,
      {
        remote: row.gitlab_blob,
        local: row.dot_blob,
        supersededUpTo: Number(row.settled_to),
        seenAt: row.seen_at,
        start: row.start_blob,
      },
    ]),
  );
}
