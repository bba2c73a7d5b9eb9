import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import {
  FILE_EXTENSIONS,
  Clock,
  traced,
  Transactions,
  type Author,
  type Blob,
  type OrgId,
  type Scope,
} from '@app/kernel';
import type { Change, ContextFile, Edit, NewChange, Origin } from '../domain/change';
import { FileNotFound, PathNotAllowed, VersionConflict } from '../domain/context-store.errors';
import { problemWithLength } from '../domain/inspect-path';
import { checkPath } from '../domain/path-rules';
import { checkLines, nameInMessage } from './check-lines';
import { notPortable } from '../domain/portable-path';
import { ContextScope } from './context-scope.port';
import { ContextStore } from './context-store.port';
import { ContextStoreSettings } from './context-store.settings';
import { InspectFiles, type FileText } from './inspect-files';

/** The author and the reason of an edit. */
export interface Authorship {
  readonly author: Author;
  readonly origin: Exclude<Origin, 'gitlab'>;
  /** If empty, a summary of the edits is used. */
  readonly message?: string;
}

/** The required state of a file: present, absent, or one of these blobs. */
export type Precondition = 'present' | 'absent' | readonly Blob[];

/** Runs in the transaction of the change, before it, because a host's store may use another database. */
export type Alongside = () => Promise<void>;

/** One operation of a change that a person or an agent makes. */
export type FileEdit = Exclude<Edit, { op: 'keep' }>;

/** Checks an edit by a person, an agent or a program, and commits it as one change. */
@Injectable()
export class EditFiles {
  constructor(
    private readonly store: ContextStore,
    private readonly scope: ContextScope,
    private readonly clock: Clock,
    private readonly settings: ContextStoreSettings,
    private readonly transactions: Transactions,
    private readonly inspections: InspectFiles,
  ) {}

  /** @throws PathNotAllowed, ContentInvalid, LineNotAllowed, TooComplex, FileNotFound, VersionConflict, QuotaExceeded */
  execute(
    org: OrgId,
    edits: readonly FileEdit[],
    by: Authorship,
    expected?: ReadonlyMap<string, Blob | null>,
    alongside?: Alongside,
  ): Promise<Change> {
    const { author, origin, message } = by;
    const values = {
      'gitlab_sync.org': org,
      'gitlab_sync.source': origin,
      'gitlab_sync.edits': edits.length,
    };
    return traced('gitlab_sync.edit', values, async (span) => {
      await this.check(org, edits, by);
      const change = {
        id: randomUUID(),
        author,
        message: message?.trim() || summaryOf(edits),
        origin,
        at: this.clock.now(),
        edits,
        expected,
        quota: this.settings.quota,
      };
      const made = await this.commit(org, change, alongside);
      span.note({ 'gitlab_sync.change': made.id, 'gitlab_sync.revision': made.revision });
      return made;
    });
  }

  /** @throws PathNotAllowed, VersionConflict */
  async expectation(
    org: OrgId,
    path: string,
    precondition?: Precondition,
  ): Promise<Map<string, Blob | null>> {
    checkPath(path);
    if (precondition === undefined) return new Map();
    if (precondition === 'absent') return new Map([[path, null]]);
    const { file } = await this.store.file(org, path);
    const holds = file && (precondition === 'present' || precondition.includes(file.blob));
    if (!holds) throw new VersionConflict([path]);
    return new Map([[path, file.blob]]);
  }

  private async commit(org: OrgId, change: NewChange, alongside?: Alongside): Promise<Change> {
    if (!alongside) return this.store.commit(org, change);
    return this.transactions.run(async () => {
      await alongside();
      return this.store.commit(org, change);
    });
  }

  private async check(org: OrgId, edits: readonly FileEdit[], by: Authorship): Promise<void> {
    const scope = await this.scope.scopeOf(org);
    const sources = edits.map((edit) => (edit.op === 'move' ? edit.from : edit.path));
    sources.forEach(checkPath);
    const { files } = await this.store.files(org, sources);
    await checkLines(edits, by, files);
    const written = new Map<string, Buffer>();
    const texts: FileText[] = [];
    for (const [index, edit] of edits.entries()) {
      const source = sources[index];
      // An existing file may be deleted or moved even if it is out of scope.
      if (edit.op !== 'put' && !files.has(source)) checkScope(source, scope);
      if (edit.op === 'delete') continue;
      checkPath(edit.path);
      checkScope(edit.path, scope);
      if (!files.has(edit.path)) await this.checkNew(org, edit.path);
      const content = edit.content ?? written.get(source) ?? (await this.contentOf(org, source, files));
      texts.push({ path: edit.path, bytes: content });
      written.set(edit.path, content);
    }
    await this.inspections.check(org, texts, this.settings.maxFileBytes);
  }

  /** Accepts any path that the org has or had, because people and links know it. @throws PathNotAllowed */
  private async checkNew(org: OrgId, path: string): Promise<void> {
    const tooLong = problemWithLength(path);
    if (tooLong) throw new PathNotAllowed(path, tooLong);
    const flaw = notPortable(path);
    if (!flaw || (await this.store.history(org, { path, limit: 1 })).items.length) return;
    throw new PathNotAllowed(path, `${flaw.why}; use ${JSON.stringify(flaw.instead)} instead`);
  }

  private async contentOf(
    org: OrgId,
    path: string,
    files: ReadonlyMap<string, ContextFile>,
  ): Promise<Buffer> {
    const blob = files.get(path)?.blob;
    const content = blob && (await this.store.contents(org, [blob])).get(blob);
    if (!content) throw new FileNotFound(path);
    return content;
  }
}

function checkScope(path: string, scope: Scope): void {
  if (scope.contains(path)) return;
  const places = scope.directories.join(', ');
  throw new PathNotAllowed(path, `it is not a ${FILE_EXTENSIONS} file in ${places}`);
}

function summaryOf(edits: readonly FileEdit[]): string {
  if (edits.length !== 1) return `Change ${edits.length} files`;
  const [edit] = edits;
  if (edit.op === 'move') return `Move ${nameInMessage(edit.from)} to ${nameInMessage(edit.path)}`;
  return `${edit.op === 'put' ? 'Update' : 'Delete'} ${nameInMessage(edit.path)}`;
}
