import type { Entry, FileMode } from '../git/git-objects';
import { lfsPointer } from '../git/lfs';
import type { Repository } from '../git/repository';
import type { TreeEditor } from '../git/tree-editor';

/** The new content of a path: text or bytes of a regular file, another kind of entry, or null to delete it. */
export type FileSpec =
  string | Buffer | null | { readonly mode: FileMode; readonly content: string | Buffer };

export const executable = (content: string | Buffer): FileSpec => ({ mode: '100755', content });
export const symlink = (target: string): FileSpec => ({ mode: '120000', content: target });
export const submodule = (commit: string): FileSpec => ({ mode: '160000', content: commit });
export const lfsFile = (content: string | Buffer): FileSpec => lfsPointer(Buffer.from(content));

export interface TeammateCommit {
  readonly files?: Readonly<Record<string, FileSpec>>;
  /** Renames files or directories, old name → new name, before `files` is applied. */
  readonly rename?: Readonly<Record<string, string>>;
  readonly message?: string;
  readonly author?: { readonly name: string; readonly email: string };
  /** The commit's time; defaults to the clock's. */
  readonly at?: Date;
}

/** Puts the entry at the path, or deletes the path. */
export function put(tree: TreeEditor, path: string, entry: Entry | undefined): void {
  if (!entry) return tree.delete(path);
  const file = tree.fileAbove(path);
  if (file) tree.delete(file);
  tree.set(path, entry.id, entry.mode);
}

/** Renames a file or a directory. */
export function renameIn(
  tree: TreeEditor,
  files: ReadonlyMap<string, Entry>,
  from: string,
  to: string,
): void {
  for (const [path, entry] of files) {
    if (path !== from && !path.startsWith(`${from}/`)) continue;
    tree.delete(path);
    put(tree, to + path.slice(from.length), entry);
  }
}

/** Writes the content; undefined if the path is to be deleted. */
export function entryOf(repository: Repository, spec: FileSpec): Entry | undefined {
  if (spec === null) return undefined;
  const { mode, content } =
    typeof spec === 'string' || Buffer.isBuffer(spec) ? { mode: '100644' as const, content: spec } : spec;
  if (mode === '160000') return { mode, id: String(content) };
  return { mode, id: repository.objects.writeBlob(Buffer.from(content)) };
}
