import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@app/audit';
import {
  authorOf,
  mapPage,
  type Actor,
  type Blob,
  type OrgId,
  type Page,
  type PageRequest,
} from '@app/kernel';
import {
  fileTextView,
  fileView,
  historyEntryView,
  writtenView,
  type ChangedView,
  type FilesView,
  type FileTextView,
  type HistoryEntryView,
  type WrittenView,
} from './context.view';
import { ContextStoreService } from './context-store.service';
import type { Alongside, Authorship, FileEdit, Precondition } from './edit-files';

/** Says why and by whom an edit was made. */
export interface EditOptions {
  /** The message of the commit; by default a summary of the edit. */
  readonly message?: string;
  /** The kind of author; `user` by default. */
  readonly source?: 'user' | 'agent' | 'api';
}

/** The text of a version, exactly as it was stored. */
export interface VersionText {
  readonly path: string;
  readonly blob: Blob;
  readonly content: Buffer;
}

/** The context files of an org, for people and agents. The history records every edit with its author. */
@Injectable()
export class ContextApi {
  /** @internal */
  constructor(
    private readonly files: ContextStoreService,
    private readonly trail: AuditTrail,
  ) {}

  /** Returns the text of a file. @throws `path_not_allowed`, `not_found` */
  async read(org: OrgId, path: string): Promise<FileTextView> {
    return fileTextView(await this.files.read(org, path));
  }

  /** Lists the files by path, all of one revision. @throws `validation_failed` */
  async list(org: OrgId, request: PageRequest & { readonly prefix?: string } = {}): Promise<FilesView> {
    const page = await this.files.list(org, request);
    return { revision: page.revision, ...mapPage(page, fileView) };
  }

  /**
   * Writes one file. `created` is false if it replaced a text.
   * @throws `path_not_allowed`, `content_invalid`, `too_complex`, `version_conflict`, `quota_exceeded`
   */
  async write(
    org: OrgId,
    path: string,
    content: string | Buffer,
    by: Actor,
    { precondition, ...options }: EditOptions & { readonly precondition?: Precondition } = {},
  ): Promise<WrittenView & { readonly created: boolean }> {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    const written = await this.files.write(org, path, bytes, authorship(by, options), precondition);
    return { ...writtenView(written), created: written.created };
  }

  /** Deletes one file; its history stays. @throws `path_not_allowed`, `not_found`, `version_conflict` */
  delete(
    org: OrgId,
    path: string,
    by: Actor,
    { precondition, ...options }: EditOptions & { readonly precondition?: Precondition } = {},
  ): Promise<ChangedView> {
    return this.files.delete(org, path, authorship(by, options), precondition);
  }

  /** Applies all edits as one commit, or none. @throws `too_many_operations`, and the errors of `write` and `delete` */
  change(org: OrgId, edits: readonly FileEdit[], by: Actor, options: EditOptions = {}): Promise<ChangedView> {
    return this.files.change(org, edits, authorship(by, options));
  }

  /** Lists versions, newest first; `pending` lists only what a push would still send. @throws `validation_failed` */
  async history(
    org: OrgId,
    request: PageRequest & { readonly path?: string; readonly pending?: boolean } = {},
  ): Promise<Page<HistoryEntryView>> {
    return mapPage(await this.files.history(org, request), historyEntryView);
  }

  /** Returns the text of a version, by its id in the history. @throws `not_found` */
  version(org: OrgId, id: string): Promise<VersionText> {
    return this.files.version(org, id);
  }

  /** Makes the text of a version the newest, as a new change. @throws `not_found`, and the errors of `write` */
  restore(
    org: OrgId,
    { path, version }: { readonly path: string; readonly version: string },
    by: Actor,
    options: EditOptions = {},
  ): Promise<ChangedView> {
    return this.act(org, by, path, (record) =>
      this.files.restore(org, path, version, authorship(by, options), record),
    );
  }

  /** Restores all that a sync run changed. @throws `not_found`, `version_conflict` naming changed paths */
  undo(org: OrgId, runId: string, by: Actor, options: EditOptions = {}): Promise<ChangedView> {
    return this.act(org, by, runId, (record) => this.files.undo(org, runId, authorship(by, options), record));
  }

  private act<T>(org: OrgId, by: Actor, target: string, work: (record: Alongside) => Promise<T>): Promise<T> {
    return this.trail.attempt({ org, action: 'context.restore', by, target: null }, (act) =>
      work(() => act.record(target)),
    );
  }
}

function authorship(by: Actor, { message, source = 'user' }: EditOptions): Authorship {
  return { author: authorOf(by), origin: source, message };
}
