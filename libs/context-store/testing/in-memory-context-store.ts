import type { InMemoryTable, InMemoryTables } from '@app/database/testing';
import {
  byCodePoint,
  pageOf,
  positionOf,
  type Blob,
  type OrgId,
  type Page,
  type PageRequest,
} from '@app/kernel';
import { ContextStore } from '../src/application/context-store.port';
import type { Change, ContextFile, HistoryEntry, NewChange } from '../src/domain/change';
import { ChangeBuilder, type Head } from '../src/domain/change-builder';
import { affectedPathsOf } from '../src/domain/affected-paths';
import { NO_USAGE, type Usage } from '../src/domain/quota';

type VersionRow = Pick<
  HistoryEntry,
  'id' | 'path' | 'op' | 'blob' | 'from' | 'changeId' | 'author' | 'at'
> & {
  readonly revision: number;
  readonly position: number;
};

interface Rows {
  readonly head: InMemoryTable<Head>;
  readonly files: InMemoryTable<ContextFile>;
  readonly changes: InMemoryTable<Change>;
  readonly versions: InMemoryTable<VersionRow>;
  readonly blobs: InMemoryTable<{ readonly bytes: Buffer }>;
}

/** Keeps the context files in memory, for tests. */
export class InMemoryContextStore extends ContextStore {
  constructor(private readonly tables: InMemoryTables) {
    super();
  }

  async revision(org: OrgId): Promise<number> {
    return headOf(this.of(org)).revision;
  }

  async usage(org: OrgId): Promise<Usage> {
    return headOf(this.of(org)).usage;
  }

  commit(org: OrgId, change: NewChange): Promise<Change> {
    return this.tables.run(async () => {
      const rows = this.of(org);
      const made = rows.changes.get(change.id);
      if (made) return made;
      const draft = ChangeBuilder.build(change, headOf(rows), this.currentFiles(rows, change));
      const { result } = draft;
      if (result.versions.length) this.store(rows, result, draft);
      return result;
    });
  }

  async list(org: OrgId, { prefix = '', limit = 50, cursor }: PageRequest & { readonly prefix?: string }) {
    const [after] = positionOf(cursor, ['']);
    const matching = this.of(org)
      .files.values()
      .filter(({ path }) => path.startsWith(prefix) && byCodePoint(path, after) > 0)
      .sort((a, b) => byCodePoint(a.path, b.path));
    return { revision: await this.revision(org), ...pageOf(matching, limit, ({ path }) => [path]) };
  }

  async snapshot(org: OrgId) {
    const files = new Map(
      this.of(org)
        .files.values()
        .map((file) => [file.path, file]),
    );
    return { revision: await this.revision(org), files };
  }

  async file(org: OrgId, path: string) {
    return { revision: await this.revision(org), file: this.of(org).files.get(path) ?? null };
  }

  async read(org: OrgId, path: string, known: Blob | null) {
    const { revision, file } = await this.file(org, path);
    const content = file && file.blob !== known ? (this.of(org).blobs.get(file.blob)?.bytes ?? null) : null;
    return { revision, file, content };
  }

  async files(org: OrgId, paths: readonly string[]) {
    return { revision: await this.revision(org), files: filesAt(this.of(org).files, paths) };
  }

  async contents(org: OrgId, blobs: readonly Blob[]): Promise<Map<Blob, Buffer>> {
    const rows = this.of(org).blobs;
    return new Map(
      blobs.flatMap((blob) => {
        const row = rows.get(blob);
        return row ? [[blob, row.bytes] as const] : [];
      }),
    );
  }

  async changesAfter(org: OrgId, revision: number, limit: number): Promise<Change[]> {
    return this.of(org)
      .changes.values()
      .filter((change) => change.revision > revision)
      .slice(0, limit);
  }

  async countMadeInDotAfter(org: OrgId, revision: number): Promise<number> {
    return this.of(org)
      .changes.values()
      .filter((change) => change.revision > revision && change.origin !== 'gitlab').length;
  }

  async editedInDotAfter(revisions: ReadonlyMap<OrgId, number>): Promise<ReadonlySet<OrgId>> {
    const edited = new Set<OrgId>();
    for (const [org, revision] of revisions)
      if (await this.countMadeInDotAfter(org, revision)) edited.add(org);
    return edited;
  }

  async history(
    org: OrgId,
    { path, limit = 50, cursor }: PageRequest & { readonly path?: string },
  ): Promise<Page<HistoryEntry>> {
    const rows = this.of(org);
    const [revision, position] = positionOf(cursor, [Infinity, Infinity]);
    const entries = rows.versions
      .values()
      .filter((row) => path === undefined || row.path === path)
      .filter((row) => row.revision < revision || (row.revision === revision && row.position < position))
      .reverse();
    const { items, nextCursor } = pageOf(entries, limit, (row) => [row.revision, row.position]);
    return { items: items.map((row) => toEntry(rows, row)), nextCursor };
  }

  async version(org: OrgId, id: string): Promise<HistoryEntry | null> {
    const rows = this.of(org);
    const row = rows.versions.get(id);
    return row ? toEntry(rows, row) : null;
  }

  async versionBefore(org: OrgId, path: string, revision: number): Promise<HistoryEntry | null> {
    const rows = this.of(org);
    const row = rows.versions
      .values()
      .findLast((row) => row.path === path && row.op !== 'keep' && row.revision < revision);
    return row?.blob ? toEntry(rows, row) : null;
  }

  async changesOfRun(org: OrgId, runId: string): Promise<Change[]> {
    return this.of(org)
      .changes.values()
      .filter((change) => change.runId === runId);
  }

  async noteCommit(org: OrgId, changeId: string, commit: string, paths: readonly string[]): Promise<void> {
    await this.tables.run(() => {
      const { changes } = this.of(org);
      const change = changes.get(changeId);
      if (change) changes.set(changeId, { ...change, commit, leftOut: leftOut(change, paths) });
    });
  }

  private of(org: OrgId): Rows {
    return {
      head: this.tables.table(`context_heads ${org}`),
      files: this.tables.table(`context_files ${org}`),
      changes: this.tables.table(`context_changes ${org}`),
      versions: this.tables.table(`context_versions ${org}`),
      blobs: this.tables.table(`context_blobs ${org}`),
    };
  }

  private currentFiles(rows: Rows, change: NewChange): Map<string, ContextFile> {
    const { paths, written } = affectedPathsOf(change);
    const found = filesAt(rows.files, [...paths]);
    const created = [...written].filter((path) => !found.has(path));
    if (!created.length) return found;
    for (const file of rows.files.values()) {
      if (created.some((path) => file.path.startsWith(`${path}/`))) found.set(file.path, file);
    }
    return found;
  }

  private store(rows: Rows, change: Change, draft: ChangeBuilder): void {
    const { id: changeId, revision } = change;
    rows.head.set('head', { revision, usage: draft.usage });
    rows.changes.set(changeId, change);
    draft.versions.forEach((version, position) =>
      rows.versions.set(version.id, { ...version, changeId, revision, position }),
    );
    for (const [blob, bytes] of draft.contents) rows.blobs.set(blob, { bytes: Buffer.from(bytes) });
    for (const [path, file] of draft.files) {
      if (file) rows.files.set(path, file);
      else rows.files.delete(path);
    }
  }
}

const headOf = ({ head }: Rows): Head => head.get('head') ?? { revision: 0, usage: NO_USAGE };

function filesAt(files: Rows['files'], paths: readonly string[]): Map<string, ContextFile> {
  const found = paths.map((path) => files.get(path)).filter((file) => file !== undefined);
  return new Map(found.map((file) => [file.path, file]));
}

function toEntry({ changes }: Rows, row: VersionRow): HistoryEntry {
  const { id, path, op, blob, from, changeId, revision, author, at } = row;
  const { message, origin, commit, runId } = changes.get(changeId)!;
  return { id, path, op, blob, from, changeId, revision, author, at, message, origin, commit, runId };
}

function leftOut({ versions }: Change, carried: readonly string[]): string[] {
  const named = new Set(versions.filter(({ op }) => op !== 'keep').map(({ path }) => path));
  for (const path of carried) named.delete(path);
  return [...named].sort(byCodePoint);
}
