import { Injectable } from '@nestjs/common';
import { MoreThan, Not, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import { Database, rowsWhere } from '@app/database';
import {
  pageOf,
  positionOf,
  allSettledOrThrow,
  type Blob,
  type OrgId,
  type Page,
  type PageRequest,
} from '@app/kernel';
import { ContextStore } from '../application/context-store.port';
import type { Change, ContextFile, HistoryEntry, NewChange } from '../domain/change';
import { ChangeBuilder, type Head } from '../domain/change-builder';
import { affectedPathsOf } from '../domain/affected-paths';
import { NO_USAGE, type Usage } from '../domain/quota';
import { toChange, toEntry } from './context-store.mapping';
import { ContextBlobRow, ContextChangeRow, ContextVersionRow } from './context-store.rows';
import { writeChange } from './write-change';

@Injectable()
export class TypeOrmContextStore extends ContextStore {
  constructor(private readonly db: Database) {
    super();
  }

  async revision(org: OrgId): Promise<number> {
    const rows = await this.db
      .forOrg(org)
      .query<{ revision: string }[]>('SELECT revision FROM context_heads WHERE org = $1', [org]);
    return Number(rows[0]?.revision ?? 0);
  }

  async usage(org: OrgId): Promise<Usage> {
    const [head] = await this.db
      .forOrg(org)
      .query<StoredHead[]>('SELECT revision, bytes, files FROM context_heads WHERE org = $1', [org]);
    return head ? toHead(head).usage : NO_USAGE;
  }

  commit(org: OrgId, change: NewChange): Promise<Change> {
    return this.db.transaction(async () => {
      const [head, { made, files }] = await allSettledOrThrow(this.lockHead(org), this.before(org, change));
      if (head === null) {
        await this.makeHead(org);
        return this.commit(org, change); // the state read without the lock may be out of date
      }
      if (made) return this.change(org, change.id);
      const draft = ChangeBuilder.build(change, head, files);
      const { result } = draft;
      if (result.versions.length) await writeChange(this.db.forOrg(org), org, result, draft);
      return result;
    });
  }

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

  async changesAfter(org: OrgId, revision: number, limit: number): Promise<Change[]> {
    const condition = 'org = $1 AND revision > $2 ORDER BY revision LIMIT $3';
    const rows = await rowsWhere(this.db.forOrg(org), ContextChangeRow, condition, [org, revision, limit]);
    return this.withVersions(org, rows);
  }

  countMadeInDotAfter(org: OrgId, revision: number): Promise<number> {
    return this.db.forOrg(org).orm((manager) =>
      manager.countBy(ContextChangeRow, {
        org,
        revision: MoreThan(revision),
        origin: Not('gitlab'),
      }),
    );
  }

  async history(
    org: OrgId,
    { path, limit = 50, cursor }: PageRequest & { readonly path?: string },
  ): Promise<Page<HistoryEntry>> {
    const [revision, position] = positionOf(cursor, [Number.MAX_SAFE_INTEGER, 0]);
    const rows = await this.db.forOrg(org).orm((manager) => {
      const query = entriesOf(manager, org)
        .andWhere('(version.revision, version.position) < (:revision::bigint, :position::bigint)', {
          revision,
          position,
        })
        .orderBy('version.revision', 'DESC')
        .addOrderBy('version.position', 'DESC')
        .limit(limit + 1);
      if (path !== undefined) query.andWhere('version.path = :path', { path });
      return query.getMany();
    });
    const page = pageOf(rows, limit, (row) => [row.revision, row.position]);
    return { ...page, items: page.items.map(toEntry) };
  }

  async version(org: OrgId, id: string): Promise<HistoryEntry | null> {
    if (id.includes('\0')) return null; // PostgreSQL accepts no NUL
    const row = await this.db
      .forOrg(org)
      .orm((manager) => entriesOf(manager, org).andWhere('version.id = :id', { id }).getOne());
    return row && toEntry(row);
  }

  async versionBefore(org: OrgId, path: string, revision: number): Promise<HistoryEntry | null> {
    const row = await this.db
      .forOrg(org)
      .orm((manager) =>
        entriesOf(manager, org)
          .andWhere(`version.path = :path AND version.op <> 'keep'`, { path })
          .andWhere('version.revision < :revision', { revision })
          .orderBy('version.revision', 'DESC')
          .addOrderBy('version.position', 'DESC')
          .limit(1)
          .getOne(),
      );
    return row?.blob ? toEntry(row) : null;
  }

  async changesOfRun(org: OrgId, runId: string): Promise<Change[]> {
    const rows = await this.db
      .forOrg(org)
      .orm((manager) =>
        manager.find(ContextChangeRow, { where: { org, runId }, order: { revision: 'ASC' } }),
      );
    return this.withVersions(org, rows);
  }

  async noteCommit(org: OrgId, changeId: string, commit: string, paths: readonly string[]): Promise<void> {
    await this.db.forOrg(org).query(
      `UPDATE context_changes change SET commit = $3, left_out = ARRAY(
         SELECT path FROM context_versions WHERE org = $1 AND revision = change.revision AND op <> 'keep'
         EXCEPT SELECT unnest($4::text[]) ORDER BY path)
        WHERE org = $1 AND id = $2`,
      [org, changeId, commit, paths],
    );
  }

  /** Serialises the changes of an org: revisions have no gaps, and a greater one was committed later. */
  private async lockHead(org: OrgId): Promise<Head | null> {
    const [head] = await this.db
      .forOrg(org)
      .query<StoredHead[]>('SELECT revision, bytes, files FROM context_heads WHERE org = $1 FOR UPDATE', [
        org,
      ]);
    return head ? toHead(head) : null;
  }

  private async makeHead(org: OrgId): Promise<void> {
    await this.db
      .forOrg(org)
      .query('INSERT INTO context_heads (org, revision) VALUES ($1, 0) ON CONFLICT DO NOTHING', [org]);
  }

  private async change(org: OrgId, id: string): Promise<Change> {
    const row = await this.db
      .forOrg(org)
      .orm((manager) => manager.findOneByOrFail(ContextChangeRow, { org, id }));
    return (await this.withVersions(org, [row]))[0];
  }

  /**
   * Returns whether the change is already stored, and the files that decide its effect. '0' follows '/' in the order
   * of code points, so files below a path are a range of the primary key. Row-level security allows an index only for
   * plain comparisons. OFFSET 0 looks up one range after the other: for many ranges together PostgreSQL would read
   * all files of the org.
   */
  private async before(
    org: OrgId,
    change: NewChange,
  ): Promise<{ made: boolean; files: Map<string, ContextFile> }> {
    const { paths, written } = affectedPathsOf(change);
    const rows = await this.db.forOrg(org).query<(StoredFile & { made: boolean })[]>(
      `WITH below AS (SELECT * FROM unnest($4::text[], $5::text[]) AS below (first, last))
       SELECT EXISTS (SELECT FROM context_changes WHERE org = $1 AND id = $2) AS made, ${FILE}
         FROM (VALUES (1)) AS always
         LEFT JOIN (
           SELECT * FROM context_files WHERE org = $1 AND path = ANY($3)
            UNION ALL
           SELECT file.* FROM below, LATERAL (
             SELECT * FROM context_files WHERE org = $1 AND path > below.first AND path < below.last OFFSET 0) file
         ) file ON true`,
      [
        ...[org, change.id, [...paths]],
        ...[[...written].map((path) => `${path}/`), [...written].map((path) => `${path}0`)],
      ],
    );
    return { made: rows[0].made, files: filesOf(rows) };
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

  private async withVersions(org: OrgId, rows: readonly ContextChangeRow[]): Promise<Change[]> {
    if (!rows.length) return [];
    const condition = 'org = $1 AND revision = ANY($2) ORDER BY revision, position';
    const revisions = rows.map(({ revision }) => revision);
    const versions = await rowsWhere(this.db.forOrg(org), ContextVersionRow, condition, [org, revisions]);
    return rows.map((row) =>
      toChange(
        row,
        versions.filter(({ changeId }) => changeId === row.id),
      ),
    );
  }

  async editedInDotAfter(revisions: ReadonlyMap<OrgId, number>): Promise<ReadonlySet<OrgId>> {
    const rows = await this.db.acrossOrgs.query<{ org: OrgId }[]>(
      `SELECT asked.org FROM unnest($1::text[], $2::bigint[]) AS asked (org, revision),
              LATERAL (SELECT FROM context_changes change
                        WHERE change.org = asked.org AND change.revision > asked.revision AND change.origin <> 'gitlab' LIMIT 1) edit`,
      [[...revisions.keys()], [...revisions.values()]],
    );
    return new Set(rows.map(({ org }) => org));
  }
}

function entriesOf(manager: EntityManager, org: OrgId): SelectQueryBuilder<ContextVersionRow> {
  return manager
    .createQueryBuilder(ContextVersionRow, 'version')
    .innerJoinAndMapOne(
      'version.change',
      ContextChangeRow,
      'change',
      'change.org = version.org AND change.revision = version.revision',
    )
    .where('version.org = :org', { org });
}

interface StoredHead {
  readonly revision: string;
  readonly bytes: string;
  readonly files: number;
}

const toHead = ({ revision, bytes, files }: StoredHead): Head => ({
  revision: Number(revision),
  usage: { bytes: Number(bytes), files },
});

/** PostgreSQL returns bigint as text; every column is null if a row has no file. */
interface StoredFile extends Omit<ContextFile, 'revision' | 'updatedBy'> {
  readonly revision: string;
  readonly authorName: string;
  readonly authorEmail: string;
}

const FILE = `file.path, file.blob, file.size, file.version, file.revision, file.updated_at AS "updatedAt",
  file.author_name AS "authorName", file.author_email AS "authorEmail", file.origin`;

/** Returns the least text, by code point, that follows all texts with this prefix; null if there is none. */
function endOf(prefix: string): string | null {
  const points = [...prefix];
  while (points.at(-1) === '\u{10FFFF}') points.pop();
  const last = points.pop()?.codePointAt(0);
  if (last === undefined) return null;
  return points.join('') + String.fromCodePoint(last === 0xd7ff ? 0xe000 : last + 1); // skips the surrogates
}

function filesOf(rows: readonly StoredFile[]): Map<string, ContextFile> {
  const stored = rows.filter(({ path }) => path !== null);
  return new Map(stored.map((row) => [row.path, toFile(row)]));
}

function toFile(row: StoredFile): ContextFile {
  const { path, blob, size, version, updatedAt, origin, authorName: name, authorEmail: email } = row;
  const revision = Number(row.revision);
  return { path, blob, size, version, revision, updatedAt, updatedBy: { name, email }, origin };
}
