import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import type { OrgId } from '@app/kernel';
import { BaseEntries } from '../application/ports/base-entries.port';
import type { BaseEntry } from '../domain/reconcile';
import { BATCH, EntryTable, valuesOf, type StoredEntry } from './entry-table';
import { AgreedRow } from './sync-states.rows';

interface StoredAgreed extends StoredEntry {
  deletion_waits: boolean;
}

@Injectable()
export class TypeOrmBaseEntries extends BaseEntries {
  private readonly table: EntryTable<StoredAgreed, BaseEntry>;

  constructor(private readonly db: Database) {
    super();
    this.table = new EntryTable(db, {
      ...{ name: 'sync_agreed', column: 'deletion_waits' },
      own: ({ deletion_waits }) => (deletion_waits ? { deletionWaits: true } : {}),
    });
  }

  around(org: OrgId, paths: readonly string[]): Promise<Map<string, BaseEntry>> {
    return this.table.around(org, paths);
  }

  after(org: OrgId, path: string, limit: number): Promise<Map<string, BaseEntry>> {
    return this.table.after(org, path, limit);
  }

  all(org: OrgId): Promise<Map<string, BaseEntry>> {
    return this.table.all(org);
  }

  waitingDeletions(org: OrgId): Promise<Map<string, BaseEntry>> {
    return this.table.where(org, 'AND deletion_waits ORDER BY path');
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
        [org, ...valuesOf(batch), batch.map(([, { deletionWaits = false }]) => deletionWaits)],
      );
    }
  }

  noteSeen(org: OrgId, paths: readonly string[], commit: string): Promise<void> {
    return this.table.noteSeen(org, paths, commit);
  }

  forget(org: OrgId, paths: readonly string[] | 'all'): Promise<void> {
    return this.table.forget(org, paths);
  }
}
