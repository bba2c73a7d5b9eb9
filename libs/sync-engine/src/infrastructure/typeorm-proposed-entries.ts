import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import type { OrgId } from '@app/kernel';
import { ProposedEntries } from '../application/ports/proposed-entries.port';
import type { ProposedEntry } from '../domain/proposed-entry';
import type { BaseEntry } from '../domain/reconcile';
import { BATCH, EntryTable, valuesOf, type StoredEntry } from './entry-table';

interface StoredProposed extends StoredEntry {
  start_blob: string | null;
}

@Injectable()
export class TypeOrmProposedEntries extends ProposedEntries {
  private readonly table: EntryTable<StoredProposed, ProposedEntry>;

  constructor(private readonly db: Database) {
    super();
    this.table = new EntryTable<StoredProposed, ProposedEntry>(db, {
      ...{ name: 'sync_proposed', column: 'start_blob' },
      own: ({ start_blob }) => ({ start: start_blob }),
    });
  }

  around(org: OrgId, paths: readonly string[]): Promise<Map<string, ProposedEntry>> {
    return this.table.around(org, paths);
  }

  after(org: OrgId, path: string, limit: number): Promise<Map<string, ProposedEntry>> {
    return this.table.after(org, path, limit);
  }

  all(org: OrgId): Promise<Map<string, ProposedEntry>> {
    return this.table.all(org);
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
        [org, ...valuesOf(batch)],
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
    await this.table.noteSeen(org, paths, commit);
  }

  forget(org: OrgId, paths: readonly string[] | 'all'): Promise<void> {
    return this.table.forget(org, paths);
  }
}
