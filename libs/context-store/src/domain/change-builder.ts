import { blobOf, type Author, type Blob } from '@app/kernel';
import type { Change, ContextFile, Edit, NewChange, Version } from './change';
import { FileNotFound, PathNotAllowed, QuotaExceeded, VersionConflict } from './context-store.errors';
import { directoriesOf } from './affected-paths';
import { exceeded, type Usage } from './quota';

export type PlannedVersion = Version & { readonly author: Author; readonly at: Date };

/** The org's state before a change. */
export interface Head {
  readonly revision: number;
  readonly usage: Usage;
}

/** Computes the effect of a new change on the files before anything is written. Edits apply one after the other. */
export class ChangeBuilder {
  readonly versions: PlannedVersion[] = [];
  readonly contents = new Map<Blob, Buffer>();
  /** The new state of each changed path; null if the file is deleted. */
  readonly files = new Map<string, ContextFile | null>();

  private constructor(
    private readonly change: NewChange,
    private readonly head: Head,
    private readonly current: ReadonlyMap<string, ContextFile>,
  ) {}

  /**
   * Builds the effect of a change. `current` holds at least the files that `affectedPathsOf` names.
   * @throws VersionConflict, FileNotFound, PathNotAllowed, QuotaExceeded
   */
  static build(change: NewChange, head: Head, current: ReadonlyMap<string, ContextFile>): ChangeBuilder {
    const draft = new ChangeBuilder(change, head, current);
    draft.checkExpected();
    for (const edit of change.edits) draft.apply(edit);
    draft.checkDirectories();
    draft.checkQuota();
    return draft;
  }

  /** The revision that the change makes. */
  private get revision(): number {
    return this.head.revision + 1;
  }

  /** The space that the files take after the change. */
  get usage(): Usage {
    let { bytes, files } = this.head.usage;
    for (const [path, after] of this.files) {
      const before = this.current.get(path);
      bytes += (after?.size ?? 0) - (before?.size ?? 0);
      files += Number(Boolean(after)) - Number(Boolean(before));
    }
    return { bytes, files };
  }

  /** The resulting change. If nothing changed, it has no versions and the revision stays. */
  get result(): Change {
    const { id, author, message, origin, at, runId = null, commit = null } = this.change;
    const versions = this.versions.map(({ id, path, op, blob, from }) => ({ id, path, op, blob, from }));
    const revision = versions.length ? this.revision : this.head.revision;
    return { id, revision, author, message, origin, at, runId, commit, versions };
  }

  private checkExpected(): void {
    const moved = [...(this.change.expected ?? [])].filter(
      ([path, blob]) => (this.current.get(path)?.blob ?? null) !== blob,
    );
    if (moved.length) throw new VersionConflict(moved.map(([path]) => path));
  }

  private apply(edit: Edit): void {
    if (edit.op === 'put') return this.write(edit.path, this.store(edit.content), null);
    if (edit.op === 'delete') return this.remove(edit.path);
    if (edit.op === 'move') return this.move(edit);
    const { path, content, author, at } = edit;
    this.record({ path, op: 'keep', blob: content && this.store(content).blob, from: null }, { author, at });
  }

  private move({ from, path, content }: Extract<Edit, { op: 'move' }>): void {
    const source = this.fileAt(from);
    if (!source) throw new FileNotFound(from);
    if (path !== from && this.fileAt(path)) throw new PathNotAllowed(path, 'another file has that name');
    const written = content ? this.store(content) : source;
    if (path === from) return this.write(path, written, null);
    this.remove(from);
    this.write(path, written, from);
  }

  private write(path: string, { blob, size }: { blob: Blob; size: number }, from: string | null): void {
    if (this.fileAt(path)?.blob === blob) return;
    const version = this.record({ path, op: 'put', blob, from }, this.change);
    const { author, at, origin } = this.change;
    const { revision } = this;
    this.files.set(path, { path, blob, size, version, revision, updatedAt: at, updatedBy: author, origin });
  }

  private remove(path: string): void {
    if (!this.fileAt(path)) throw new FileNotFound(path);
    this.record({ path, op: 'delete', blob: null, from: null }, this.change);
    this.files.set(path, null);
  }

  /** Refuses a path that would be both a file and a directory: neither Git nor a disk can hold it. */
  private checkDirectories(): void {
    const paths = [...new Set([...this.current.keys(), ...this.files.keys()])].filter((p) => this.fileAt(p));
    const directories = new Set(paths.flatMap(directoriesOf));
    for (const [path, file] of this.files) {
      if (!file) continue;
      if (directories.has(path)) throw new PathNotAllowed(path, 'there are files below that path');
      const inTheWay = directoriesOf(path).find((directory) => this.fileAt(directory));
      if (inTheWay) throw new PathNotAllowed(path, `${inTheWay} is a file`);
    }
  }

  private checkQuota(): void {
    const { quota } = this.change;
    if (!quota) return;
    const { usage } = this;
    const what = exceeded(quota, this.head.usage, usage);
    if (what) throw new QuotaExceeded(quota, usage, what);
  }

  private fileAt(path: string): ContextFile | null {
    const changed = this.files.get(path);
    return changed === undefined ? (this.current.get(path) ?? null) : changed;
  }

  private store(content: Buffer): { blob: Blob; size: number } {
    const blob = blobOf(content);
    this.contents.set(blob, content);
    return { blob, size: content.byteLength };
  }

  private record(version: Omit<Version, 'id'>, { author, at }: { author: Author; at: Date }): string {
    const id = `${this.change.id}.${this.versions.length}`;
    this.versions.push({ id, ...version, author, at });
    return id;
  }
}
