import { Injectable } from '@nestjs/common';
import { blobOf, type Blob, type OrgId, type PageRequest } from '@app/kernel';
import type { Change } from '../domain/change';
import { VersionConflict } from '../domain/context-store.errors';
import { ContextStore } from './context-store.port';
import { EditFiles, type Authorship, type FileEdit, type Precondition } from './edit-files';
import { ReadFiles } from './read-files';
import { RestoreFiles } from './restore-files';

export interface FileWritten {
  readonly created: boolean;
  readonly revision: number;
  readonly path: string;
  readonly blob: Blob;
  readonly version: string;
}

/** `changeId` is null where nothing was different, so that there is no change. */
export interface FilesChanged {
  readonly revision: number;
  readonly changeId: string | null;
}

/** An org's context files, for those who read and edit them. */
@Injectable()
export class ContextStoreService {
  constructor(
    private readonly store: ContextStore,
    private readonly files: ReadFiles,
    private readonly edits: EditFiles,
    private readonly restores: RestoreFiles,
  ) {}

  /** @throws PathNotAllowed, FileNotFound */
  read(org: OrgId, path: string) {
    return this.files.read(org, path);
  }

  list(org: OrgId, request: PageRequest & { readonly prefix?: string }) {
    return this.store.list(org, request);
  }

  history(org: OrgId, request: PageRequest & { readonly path?: string }) {
    return this.store.history(org, request);
  }

  /** @throws VersionNotFound */
  version(org: OrgId, id: string) {
    return this.files.version(org, id);
  }

  /** @throws PathNotAllowed, ContentInvalid, VersionConflict */
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
    if (!version) throw new VersionConflict([path]); // another request wrote the same text at this moment
    return { created: before === null, revision, path, blob: blobOf(content), version };
  }

  /** @throws PathNotAllowed, FileNotFound, VersionConflict */
  async delete(org: OrgId, path: string, by: Authorship, precondition?: Precondition): Promise<FilesChanged> {
    const expected = await this.edits.expectation(org, path, precondition);
    return resultOf(await this.edits.execute(org, [{ op: 'delete', path }], by, expected));
  }

  /** All or nothing, one commit. @throws PathNotAllowed, ContentInvalid, FileNotFound */
  async change(org: OrgId, edits: readonly FileEdit[], by: Authorship): Promise<FilesChanged> {
    return resultOf(await this.edits.execute(org, edits, by));
  }

  /** To be called before a `restore` inside a transaction: texts are not inspected there. @throws VersionNotFound, ContentInvalid */
  prepareRestore(org: OrgId, path: string, version: string): Promise<void> {
    return this.restores.prepare(org, path, version);
  }

  /** @throws VersionNotFound, PathNotAllowed, ContentInvalid */
  async restore(org: OrgId, path: string, version: string, by: Authorship): Promise<FilesChanged> {
    return resultOf(await this.restores.version(org, path, version, by));
  }

  /** @throws NothingToUndo, NoLongerKept, VersionConflict, PathNotAllowed, ContentInvalid */
  async undo(org: OrgId, runId: string, by: Authorship): Promise<FilesChanged> {
    return resultOf(await this.restores.run(org, runId, by));
  }
}

function resultOf({ id, revision, versions }: Change): FilesChanged {
  return { revision, changeId: versions.length ? id : null };
}
