import type { Database } from '@app/database';
import type { OrgId } from '@app/kernel';
import { ancestors } from '../domain/commit-plan';
import type { BaseEntry } from '../domain/reconcile';

export const BATCH = 1000;

/** The columns that both tables of entries have. */
export interface StoredEntry {
  path: string;
  gitlab_blob: string | null;
  dot_blob: string | null;
  settled_to: string;
  seen_at: string | null;
}

interface Table<Stored extends StoredEntry, Entry extends BaseEntry> {
  readonly name: 'sync_agreed' | 'sync_proposed';
  /** The column that only this table has. */
  readonly column: Exclude<keyof Stored, keyof StoredEntry> & string;
  readonly own: (row: Stored) => Partial<Entry>;
}

/** Reads and forgets the entries of a table that is keyed by org and path. */
export class EntryTable<Stored extends StoredEntry, Entry extends BaseEntry> {
  private readonly columns: string;

  constructor(
    private readonly db: Database,
    private readonly table: Table<Stored, Entry>,
  ) {
    this.columns = `path, gitlab_blob, dot_blob, settled_to, seen_at, ${table.column}`;
  }

  /** Returns the entries of these paths, of the directories above them and of the files below them. */
  async around(org: OrgId, paths: readonly string[]): Promise<Map<string, Entry>> {
    if (!paths.length) return new Map();
    const exact = [...new Set([...paths, ...paths.flatMap(ancestors)])];
    const { columns, table } = this;
    // Bounds are made here: under row-level security only a plain comparison may use the index. One range after the other
    // (OFFSET 0): for many together, PostgreSQL would search the whole table.
    const rows = await this.db.forOrg(org).query<Stored[]>(
      `SELECT ${columns} FROM ${table.name} WHERE org = $1 AND path = ANY($2)
        UNION
       SELECT ${columns}
         FROM unnest($3::text[], $4::text[]) AS below (first, last), LATERAL (
           SELECT * FROM ${table.name}
            WHERE org = $1 AND path >= below.first COLLATE "C" AND path < below.last COLLATE "C" OFFSET 0) a`,
      [org, exact, paths.map((path) => `${path}/`), paths.map((path) => `${path}0`)],
    );
    return this.byPath(rows);
  }

  /** Returns the entries for which the condition holds; `$1` is the org. */
  async where(org: OrgId, condition: string, ...values: unknown[]): Promise<Map<string, Entry>> {
    const query = `SELECT ${this.columns} FROM ${this.table.name} WHERE org = $1 ${condition}`;
    return this.byPath(await this.db.forOrg(org).query<Stored[]>(query, [org, ...values]));
  }

  after(org: OrgId, path: string, limit: number): Promise<Map<string, Entry>> {
    return this.where(org, 'AND path > $2 ORDER BY path LIMIT $3', path, limit);
  }

  all(org: OrgId): Promise<Map<string, Entry>> {
    return this.where(org, '');
  }

  async noteSeen(org: OrgId, paths: readonly string[], commit: string): Promise<void> {
    const query = `UPDATE ${this.table.name} SET seen_at = $3 WHERE org = $1 AND path = ANY($2)`;
    await this.db.forOrg(org).query(query, [org, paths, commit]);
  }

  async forget(org: OrgId, paths: readonly string[] | 'all'): Promise<void> {
    const [which, values] = paths === 'all' ? ['', [org]] : ['AND path = ANY($2)', [org, paths]];
    await this.db.forOrg(org).query(`DELETE FROM ${this.table.name} WHERE org = $1 ${which}`, values);
  }

  private byPath(rows: readonly Stored[]): Map<string, Entry> {
    return new Map(rows.map((row) => [row.path, { ...baseOf(row), ...this.table.own(row) } as Entry]));
  }
}

const baseOf = ({ gitlab_blob, dot_blob, settled_to, seen_at }: StoredEntry): BaseEntry => ({
  remote: gitlab_blob,
  local: dot_blob,
  supersededUpTo: Number(settled_to),
  seenAt: seen_at,
});

/** The values of entries to write: arrays of paths, blobs of GitLab, blobs of Dot, revisions and commits. */
export const valuesOf = (entries: readonly (readonly [string, BaseEntry])[]): unknown[][] => [
  entries.map(([path]) => path),
  entries.map(([, { remote }]) => remote),
  entries.map(([, { local }]) => local),
  entries.map(([, { supersededUpTo }]) => supersededUpTo),
  entries.map(([, { seenAt }]) => seenAt),
];
