import { Injectable } from '@nestjs/common';
import { blobOf, pageOf, positionOf, type Blob, type OrgId, type Page, type PageRequest } from '@app/kernel';
import type { Change, HistoryEntry } from '../domain/change';
import { checkOperations } from '../domain/change-limits';
import { VersionConflict } from '../domain/context-store.errors';
import type { Quota, Usage } from '../domain/quota';
import { entriesOf } from '../domain/entries-of';
import { ContextStore } from './context-store.port';
import type { PendingHistory } from './pending-history.port';
import { ContextStoreSettings } from './context-store.settings';
import { EditFiles, type Alongside, type Authorship, type FileEdit, type Precondition } from './edit-files';
import { ReadFiles } from './read-files';
import { RestoreFiles } from './restore-files';

export interface FileWritten {
  readonly created: boolean;
  readonly revision: number;
  readonly path: string;
  readonly blob: Blob;
  readonly version: string;
}

/** `changeId` is null if nothing was different and no change was made. */
export interface FilesChanged {
  readonly revision: number;
  readonly changeId: string | null;
}

/** Reads and edits an org's context files. */
@Injectable()
export class ContextStoreService {
  private pendingHistory: PendingHistory | null = null;

  constructor(
    private readonly store: ContextStore,
    private readonly files: ReadFiles,
    private readonly edits: EditFiles,
    private readonly restores: RestoreFiles,
    private readonly settings: ContextStoreSettings,
  ) {}

  /** Returns the space that the org's files take, and the limits. */
  async quota(org: OrgId): Promise<Usage & Quota> {
    return { ...(await this.store.usage(org)), ...this.settings.quota };
  }

  /** @throws PathNotAllowed, FileNotFound */
  read(org: OrgId, path: string) {
    return this.files.read(org, path);
  }

  list(org: OrgId, request: PageRequest & { readonly prefix?: string }) {
    return this.store.list(org, request);
  }

  /** Lists history, newest first; `pending` lists only changes that are not commits yet. */
  async history(
    org: OrgId,
    { pending, ...request }: PageRequest & { readonly path?: string; readonly pending?: boolean },
  ): Promise<Page<HistoryEntry>> {
    if (!pending) return this.store.history(org, request);
    const { path, limit = 50, cursor } = request;
    const [seen] = positionOf(cursor, [0]);
    const all = entriesOf((await this.pendingHistory?.pending(org)) ?? []);
    const entries = path === undefined ? all : all.filter((entry) => entry.path === path);
    const { items, nextCursor } = pageOf(
      entries
        .map((entry, index) => ({ entry, index: entries.length - index }))
        .filter(({ index }) => !seen || index < seen),
      limit,
      ({ index }) => [index],
    );
    return { items: items.map(({ entry }) => entry), nextCursor };
  }

  /** Lets the history name pending changes. */
  usePending(source: PendingHistory): void {
    this.pendingHistory = source;
  }

  /** @throws VersionNotFound */
  version(org: OrgId, id: string) {
    return this.files.version(org, id);
  }

  /** @throws PathNotAllowed, ContentInvalid, VersionConflict, QuotaExceeded */
  async write(
    org: OrgId,
    path: string,
    content: Buffer,
    by: Authorship,
    precondition?: Precondition,
  ): Promise<FileWritten> {
    const expected = await this.edits.expectation(org, path, precondition);
    const before = (await this.store.file(org, path)).file;
    const { revision, versions } = await this.edits.execute(
      org,
      [{ op: 'put', path, content }],
      by,
      expected,
    );
    const version = versions[0]?.id ?? before?.version;
    if (!version) throw new VersionConflict([path]); // another request wrote the same text at the same moment
    return { created: before === null, revision, path, blob: blobOf(content), version };
  }

  /** @throws PathNotAllowed, FileNotFound, VersionConflict */
  async delete(org: OrgId, path: string, by: Authorship, precondition?: Precondition): Promise<FilesChanged> {
    const expected = await this.edits.expectation(org, path, precondition);
    return resultOf(await this.edits.execute(org, [{ op: 'delete', path }], by, expected));
  }

  /**
   * Applies all edits in one commit, or none.
   * @throws TooManyOperations, PathNotAllowed, ContentInvalid, FileNotFound, QuotaExceeded
   */
  async change(org: OrgId, edits: readonly FileEdit[], by: Authorship): Promise<FilesChanged> {
    checkOperations(edits);
    return resultOf(await this.edits.execute(org, edits, by));
  }

  /** @throws VersionNotFound, PathNotAllowed, ContentInvalid, QuotaExceeded */
  async restore(
    org: OrgId,
    path: string,
    version: string,
    by: Authorship,
    alongside?: Alongside,
  ): Promise<FilesChanged> {
    return resultOf(await this.restores.version(org, path, version, by, alongside));
  }

  /** @throws NothingToUndo, NoLongerKept, VersionConflict, PathNotAllowed, ContentInvalid, QuotaExceeded */
  async undo(org: OrgId, runId: string, by: Authorship, alongside?: Alongside): Promise<FilesChanged> {
    return resultOf(await this.restores.run(org, runId, by, alongside));
  }
}

function resultOf({ id, revision, versions }: Change): FilesChanged {
  return { revision, changeId: versions.length ? id : null };
}
