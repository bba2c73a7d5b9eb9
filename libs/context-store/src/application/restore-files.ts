import { Injectable } from '@nestjs/common';
import type { Blob, OrgId } from '@app/kernel';
import type { Change } from '../domain/change';
import {
  NoLongerKept,
  NothingToUndo,
  VersionConflict,
  VersionNotFound,
} from '../domain/context-store.errors';
import { nameInMessage } from './check-lines';
import { ContextStore } from './context-store.port';
import { EditFiles, type Alongside, type Authorship, type FileEdit } from './edit-files';

/** A path that a run changed: its state after the run and before it; null if there was no file. */
interface Touched {
  readonly path: string;
  readonly left: Blob | null;
  readonly before: Blob | null;
  readonly now: Blob | null;
}

/** Restores earlier texts, always as a new change. */
@Injectable()
export class RestoreFiles {
  constructor(
    private readonly store: ContextStore,
    private readonly edit: EditFiles,
  ) {}

  /** Restores any version, also one that lost a conflict or deleted its file. @throws VersionNotFound */
  async version(
    org: OrgId,
    path: string,
    id: string,
    by: Authorship,
    alongside?: Alongside,
  ): Promise<Change> {
    const version = await this.store.version(org, id);
    if (version?.path !== path) throw new VersionNotFound(id);
    const { file } = await this.store.file(org, path);
    const edits = await this.editsTo(org, [{ path, target: version.blob, now: file?.blob ?? null }]);
    const authorship = { ...by, message: by.message || `Restore ${nameInMessage(path)}` };
    return this.edit.execute(org, edits, authorship, undefined, alongside);
  }

  /**
   * Restores every path that the run changed to its state before the run. Safe to repeat.
   * @throws VersionConflict naming the paths that were changed since
   * @throws NothingToUndo
   * @throws NoLongerKept if an earlier state was pruned
   */
  async run(org: OrgId, runId: string, by: Authorship, alongside?: Alongside): Promise<Change> {
    const changes = await this.store.changesOfRun(org, runId);
    const touched = await this.touchedBy(org, runId, changes);
    if (!touched.length) throw new NothingToUndo(runId);
    const moved = touched.filter(({ left, before, now }) => now !== left && now !== before);
    if (moved.length) throw new VersionConflict(moved.map(({ path }) => path));
    const edits = await this.editsTo(
      org,
      touched.map(({ path, before, now }) => ({ path, target: before, now })),
    );
    const expected = new Map(touched.map(({ path, now }) => [path, now]));
    const authorship = { ...by, message: by.message || titleOfUndo(changes[changes.length - 1]) };
    return this.edit.execute(org, edits, authorship, expected, alongside);
  }

  private async touchedBy(org: OrgId, runId: string, changes: readonly Change[]): Promise<Touched[]> {
    const left = new Map<string, Blob | null>();
    const since = new Map<string, number>();
    for (const { revision, versions } of changes) {
      for (const { path, op, blob } of versions) {
        if (op === 'keep') continue;
        left.set(path, blob);
        since.set(path, since.get(path) ?? revision);
      }
    }
    const { files } = await this.store.files(org, [...left.keys()]);
    const touched: Touched[] = [];
    for (const [path, revision] of since) {
      const before = (await this.store.versionBefore(org, path, revision))?.blob ?? null;
      touched.push({ path, left: left.get(path) ?? null, before, now: files.get(path)?.blob ?? null });
    }
    await this.requireWhole(org, runId, changes.length);
    return touched;
  }

  /** Runs after the versions are read: a file pruned in between must not look like a file that never existed. */
  private async requireWhole(org: OrgId, runId: string, changes: number): Promise<void> {
    const kept = await this.store.changesOfRun(org, runId);
    if (kept.length < changes || kept.some(({ abridged }) => abridged))
      throw new NoLongerKept(`Run ${runId}`);
  }

  private async editsTo(
    org: OrgId,
    wanted: readonly { path: string; target: Blob | null; now: Blob | null }[],
  ): Promise<FileEdit[]> {
    const different = wanted.filter(({ target, now }) => target !== now);
    const blobs = different.flatMap(({ target }) => target ?? []);
    const contents = await this.store.contents(org, blobs);
    return different.map(({ path, target }) => {
      if (target === null) return { op: 'delete', path };
      const content = contents.get(target);
      if (!content) throw new NoLongerKept(`The earlier text of ${path}`);
      return { op: 'put', path, content };
    });
  }
}

const LONGEST_TITLE = 100;

/** Names the pulled change for people: the first line of its message, its author and its time. */
function titleOfUndo({ message, author, at }: Change): string {
  const title = nameInMessage(message.split('\n', 1)[0].slice(0, LONGEST_TITLE));
  const time = at.toISOString().slice(0, 16).replace('T', ' ');
  return `Undo the sync of “${title}” by ${nameInMessage(author.name)} (${time} UTC)`;
}
