import { rowsWhere, type Database } from '@app/database';
import { pageOf, positionOf, type Blob, type OrgId, type PageRequest } from '@app/kernel';
import { ContextBlobRow } from './context-store.rows';
import { FILE, filesOf, type StoredFile } from './stored-files';

/** Reads the current files of an org, each time with the revision that they belong to. */
export class ReadStoredFiles {
  constructor(private readonly db: Database) {}

  async list(org: OrgId, { prefix = '', limit = 50, cursor }: PageRequest & { readonly prefix?: string }) {
    const [after] = positionOf(cursor, ['']);
    const end = endOf(prefix);
    // The range makes PostgreSQL use the index, even if it plans before it knows the prefix.
    const [condition, parameters] =
      end === null
        ? ['starts_with(file.path, $2) AND file.path > $3', [prefix, after]]
        : ['file.path >= $2 AND file.path < $4 AND file.path > $3', [prefix, after, end]];
    const { revision, files } = await this.filesWhere(org, condition, parameters, limit + 1);
    return { revision, ...pageOf([...files.values()], limit, ({ path }) => [path]) };
  }

  snapshot(org: OrgId) {
    return this.filesWhere(org, 'true');
  }

  /**
   * Compares only ASCII without marks, so that one scan in PostgreSQL finds all paths that look alike, and few
   * others.
   */
  async lookAlikes(org: OrgId): Promise<string[]> {
    const rows = await this.db.forOrg(org).query<{ path: string }[]>(
      `SELECT unnest(array_agg(path)) AS path FROM context_files WHERE org = $1
        GROUP BY lower(CASE WHEN octet_length(path) = length(path) THEN path
                       ELSE regexp_replace(normalize(path, NFD), '[^ -~]', '', 'g') END)
       HAVING count(*) > 1`,
      [org],
    );
    return rows.map(({ path }) => path);
  }

  filesAfter(org: OrgId, path: string, limit: number) {
    return this.filesWhere(org, 'file.path > $2', [path], limit);
  }

  async file(org: OrgId, path: string) {
    const { revision, files } = await this.filesWhere(org, 'file.path = $2', [path]);
    return { revision, file: files.get(path) ?? null };
  }

  async read(org: OrgId, path: string, known: Blob | null) {
    const rows = await this.db.forOrg(org).query<(StoredFile & { head: string; content: Buffer | null })[]>(
      `SELECT head.revision AS head, ${FILE}, text.bytes AS content
         FROM context_heads head
         LEFT JOIN context_files file ON file.org = $1 AND file.path = $2
         LEFT JOIN context_blobs text ON text.org = $1 AND text.blob = file.blob AND text.blob IS DISTINCT FROM $3
        WHERE head.org = $1`,
      [org, path, known],
    );
    const [row] = rows;
    return {
      revision: Number(row?.head ?? 0),
      file: filesOf(rows).get(path) ?? null,
      content: row?.content ?? null,
    };
  }

  files(org: OrgId, paths: readonly string[]) {
    return this.filesWhere(org, 'file.path = ANY($2)', [paths]);
  }

  async contents(org: OrgId, blobs: readonly Blob[]): Promise<Map<Blob, Buffer>> {
    if (!blobs.length) return new Map();
    const condition = 'org = $1 AND blob = ANY($2)';
    const rows = await rowsWhere(this.db.forOrg(org), ContextBlobRow, condition, [org, blobs]);
    return new Map(rows.map(({ blob, bytes }) => [blob, bytes]));
  }

  /**
   * Reads files and the head in one query; `condition` counts its parameters from $2. The limit is inside the
   * subquery: outside, PostgreSQL would read and sort all files of the org for one page.
   */
  private async filesWhere(
    org: OrgId,
    condition: string,
    parameters: readonly unknown[] = [],
    limit: number | null = null,
  ) {
    const rows = await this.db.forOrg(org).query<(StoredFile & { head: string })[]>(
      `SELECT head.revision AS head, ${FILE}
         FROM context_heads head LEFT JOIN LATERAL (
           SELECT * FROM context_files file WHERE file.org = $1 AND ${condition} ORDER BY path LIMIT $${parameters.length + 2}
         ) file ON true
        WHERE head.org = $1 ORDER BY file.path`,
      [org, ...parameters, limit],
    );
    return { revision: Number(rows[0]?.head ?? 0), files: filesOf(rows) };
  }
}

/** Returns the least text, by code point, that follows all texts with this prefix; null if there is none. */
function endOf(prefix: string): string | null {
  const points = [...prefix];
  while (points.at(-1) === '\u{10FFFF}') points.pop();
  const last = points.pop()?.codePointAt(0);
  if (last === undefined) return null;
  return points.join('') + String.fromCodePoint(last === 0xd7ff ? 0xe000 : last + 1); // skips the surrogates
}
