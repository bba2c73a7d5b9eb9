import { Injectable } from '@nestjs/common';
import { In, MoreThan, Not, type SelectQueryBuilder } from 'typeorm';
import { Database } from '@app/database';
import { pageOf, positionOf, type Blob, type OrgId, type Page, type PageRequest } from '@app/kernel';
import { ContextStore } from '../application/context-store.port';
import type { Change, ContextFile, HistoryEntry, NewChange } from '../domain/change';
import { Draft } from '../domain/draft';
import { footprintOf } from '../domain/footprint';
import { changeRow, fileRow, toChange, toEntry, toFile, versionRows } from './context-store.mapping';
import {
  ContextBlobRow,
  ContextChangeRow,
  ContextFileRow,
  ContextHeadRow,
  ContextVersionRow,
} from './context-store.rows';

/** Rows per statement: PostgreSQL takes 65,535 parameters. */
const BATCH = 2_000;

@Injectable()
export class TypeOrmContextStore extends ContextStore {
  constructor(private readonly db: Database) {
    super();
  }

  async revision(org: OrgId): Promise<number> {
    const head = await this.db.of(org).findOneBy(ContextHeadRow, { org });
    return head?.revision ?? 0;
  }

  commit(org: OrgId, change: NewChange): Promise<Change> {
    return this.db.transaction(async () => {
      const current = await this.lockHead(org);
      const made = await this.change(org, change.id);
      if (made) return made;
      const revision = current + 1;
      const draft = Draft.of(change, revision, await this.currentFiles(org, change));
      const { result } = draft;
      if (result.versions.length) await this.store(org, result, draft);
      return result;
    });
  }

  async list(org: OrgId, { prefix = '', limit = 50, cursor }: PageRequest & { readonly prefix?: string }) {
    const [after] = positionOf(cursor, ['']);
    const { revision, files } = await this.filesWhere(
      org,
      'starts_with(file.path, :prefix) AND file.path > :after',
      { prefix, after },
      limit + 1,
    );
    return { revision, ...pageOf(files, limit, ({ path }) => [path]) };
  }

  async snapshot(org: OrgId) {
    const { revision, files } = await this.filesWhere(org, 'true', {});
    return { revision, files: new Map(files.map((file) => [file.path, file])) };
  }

  async file(org: OrgId, path: string) {
    const { revision, files } = await this.filesWhere(org, 'file.path = :path', { path });
    return { revision, file: files[0] ?? null };
  }

  async files(org: OrgId, paths: readonly string[]) {
    const { revision, files } = await this.filesWhere(org, 'file.path = ANY(:paths)', { paths });
    return { revision, files: new Map(files.map((file) => [file.path, file])) };
  }

  async contents(org: OrgId, blobs: readonly Blob[]): Promise<Map<Blob, Buffer>> {
    const rows = await this.db
      .of(org)
      .createQueryBuilder(ContextBlobRow, 'row')
      .where('row.org = :org AND row.blob = ANY(:blobs)', { org, blobs })
      .getMany();
    return new Map(rows.map(({ blob, bytes }) => [blob, bytes]));
  }

  async changesAfter(org: OrgId, revision: number, limit: number): Promise<Change[]> {
    const rows = await this.db.of(org).find(ContextChangeRow, {
      where: { org, revision: MoreThan(revision) },
      order: { revision: 'ASC' },
      take: limit,
    });
    return this.withVersions(org, rows);
  }

  countMadeInDotAfter(org: OrgId, revision: number): Promise<number> {
    return this.db.of(org).countBy(ContextChangeRow, {
      org,
      revision: MoreThan(revision),
      origin: Not('gitlab'),
    });
  }

  async history(
    org: OrgId,
    { path, limit = 50, cursor }: PageRequest & { readonly path?: string },
  ): Promise<Page<HistoryEntry>> {
    const [revision, position] = positionOf(cursor, [Number.MAX_SAFE_INTEGER, 0]);
    const query = this.entries(org)
      .andWhere('(version.revision, version.position) < (:revision::bigint, :position::bigint)', {
        revision,
        position,
      })
      .orderBy('version.revision', 'DESC')
      .addOrderBy('version.position', 'DESC')
      .limit(limit + 1);
    if (path !== undefined) query.andWhere('version.path = :path', { path });
    const page = pageOf(await query.getMany(), limit, (row) => [row.revision, row.position]);
    return { ...page, items: page.items.map(toEntry) };
  }

  async version(org: OrgId, id: string): Promise<HistoryEntry | null> {
    if (id.includes('\0')) return null; // PostgreSQL takes none
    const row = await this.entries(org).andWhere('version.id = :id', { id }).getOne();
    return row && toEntry(row);
  }

  async versionBefore(org: OrgId, path: string, revision: number): Promise<HistoryEntry | null> {
    const row = await this.entries(org)
      .andWhere(`version.path = :path AND version.op <> 'keep'`, { path })
      .andWhere('version.revision < :revision', { revision })
      .orderBy('version.revision', 'DESC')
      .addOrderBy('version.position', 'DESC')
      .limit(1)
      .getOne();
    return row?.blob ? toEntry(row) : null;
  }

  async changesOfRun(org: OrgId, runId: string): Promise<Change[]> {
    const manager = this.db.of(org);
    const rows = await manager.find(ContextChangeRow, { where: { org, runId }, order: { revision: 'ASC' } });
    return this.withVersions(org, rows);
  }

  async noteCommit(org: OrgId, changeId: string, commit: string): Promise<void> {
    await this.db.of(org).update(ContextChangeRow, { org, id: changeId }, { commit });
  }

  /** One change of an org at a time: revisions have no gaps, and a greater one was committed later. */
  private async lockHead(org: OrgId): Promise<number> {
    const manager = this.db.of(org);
    await manager
      .createQueryBuilder()
      .insert()
      .into(ContextHeadRow)
      .values({ org, revision: 0 })
      .orIgnore()
      .execute();
    const head = await manager.findOneOrFail(ContextHeadRow, {
      where: { org },
      lock: { mode: 'pessimistic_write' },
    });
    return head.revision;
  }

  private async change(org: OrgId, id: string): Promise<Change | null> {
    const row = await this.db.of(org).findOneBy(ContextChangeRow, { org, id });
    return row && (await this.withVersions(org, [row]))[0];
  }

  private async currentFiles(org: OrgId, change: NewChange): Promise<Map<string, ContextFile>> {
    const { paths, written } = footprintOf(change);
    const { files: found } = await this.files(org, [...paths]);
    const created = [...written].filter((path) => !found.has(path));
    const { files: below } = await this.files(org, await this.pathsBelow(org, created));
    return new Map([...found, ...below]);
  }

  /**
   * '0' follows '/' in the order of code points, so this reads ranges of the primary key; under row-level security by plain
   * comparisons alone.
   */
  private async pathsBelow(org: OrgId, directories: readonly string[]): Promise<string[]> {
    if (!directories.length) return [];
    const rows = await this.db.of(org).query<{ path: string }[]>(
      `SELECT file.path FROM unnest($2::text[], $3::text[]) AS below (first, last)
       JOIN context_files file ON file.org = $1 AND file.path > below.first AND file.path < below.last`,
      [org, directories.map((path) => `${path}/`), directories.map((path) => `${path}0`)],
    );
    return rows.map(({ path }) => path);
  }

  private async store(org: OrgId, change: Change, draft: Draft): Promise<void> {
    const manager = this.db.of(org);
    const { revision } = change;
    await manager.update(ContextHeadRow, { org }, { revision });
    await manager.insert(ContextChangeRow, changeRow(org, change));
    for (const rows of inBatches(versionRows(org, change, draft.versions))) {
      await manager.insert(ContextVersionRow, rows);
    }
    const blobs = [...draft.contents].map(([blob, bytes]) => ({ org, blob, bytes }));
    for (const rows of inBatches(blobs, 100)) {
      await manager.createQueryBuilder().insert().into(ContextBlobRow).values(rows).orIgnore().execute();
    }
    const written = [...draft.files.values()].filter((file) => file !== null);
    for (const rows of inBatches(written.map((file) => fileRow(org, file)))) {
      await manager.upsert(ContextFileRow, rows, ['org', 'path']);
    }
    const gone = [...draft.files].filter(([, file]) => file === null).map(([path]) => path);
    for (const paths of inBatches(gone)) await manager.delete(ContextFileRow, { org, path: In(paths) });
  }

  private async filesWhere(org: OrgId, condition: string, parameters: object, limit?: number) {
    const head = await this.db
      .of(org)
      .createQueryBuilder(ContextHeadRow, 'head')
      .leftJoinAndMapMany(
        'head.files',
        ContextFileRow,
        'file',
        `file.org = head.org AND ${condition}`,
        parameters,
      )
      .where('head.org = :org', { org })
      .orderBy('file.path')
      .limit(limit)
      .getOne();
    return { revision: head?.revision ?? 0, files: (head?.files ?? []).map(toFile) };
  }

  private entries(org: OrgId): SelectQueryBuilder<ContextVersionRow> {
    return this.db
      .of(org)
      .createQueryBuilder(ContextVersionRow, 'version')
      .innerJoinAndMapOne(
        'version.change',
        ContextChangeRow,
        'change',
        'change.org = version.org AND change.id = version.changeId',
      )
      .where('version.org = :org', { org });
  }

  private async withVersions(org: OrgId, rows: readonly ContextChangeRow[]): Promise<Change[]> {
    if (!rows.length) return [];
    const versions = await this.db
      .of(org)
      .createQueryBuilder(ContextVersionRow, 'version')
      .where('version.org = :org AND version.revision = ANY(:revisions)', {
        org,
        revisions: rows.map(({ revision }) => revision),
      })
      .orderBy('version.revision')
      .addOrderBy('version.position')
      .getMany();
    return rows.map((row) =>
      toChange(
        row,
        versions.filter(({ changeId }) => changeId === row.id),
      ),
    );
  }
}

function inBatches<T>(rows: readonly T[], size = BATCH): T[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, index) =>
    rows.slice(index * size, (index + 1) * size),
  );
}
