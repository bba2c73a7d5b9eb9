import { constants } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileContent } from '@app/gitlab';
import { blobOf, type Blob } from '@app/kernel';
import { SourceTree } from '@app/sync-engine/core';
import { absent } from './absent';
import { listByGit, type ListedEntry } from './git-listing';
import { listByWalk } from './walked-files';

/** Files that are read at a time. */
const AT_A_TIME = 32;
/** Never follows a link, and never waits for the other end of a pipe. */
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** The files of a directory on this machine, as a commit of all of them would hold them. */
export class WorkingTree extends SourceTree {
  private constructor(
    private readonly root: string,
    private readonly entries: ReadonlyMap<string, ListedEntry>,
    /** Null if git listed the files, otherwise why it did not. */
    readonly withoutGit: string | null,
  ) {
    super();
  }

  /** Lists the files by git if it can, so that ignored ones are left out; otherwise walks through `directories`. */
  static async open(root: string, directories: readonly string[]): Promise<WorkingTree> {
    const made = (entries: readonly ListedEntry[], withoutGit: string | null) =>
      new WorkingTree(root, new Map(entries.map((entry) => [entry.path, entry])), withoutGit);
    try {
      return made(await listByGit(root, directories), null);
    } catch (error) {
      return made(await listByWalk(root, directories), reasonOf(error));
    }
  }

  async paths() {
    const there = await inGroups([...this.entries.values()], async (entry) =>
      entry.kind === 'submodule' || (await this.kindAt(entry)) ? [entry] : [],
    );
    return there.flat().map(({ path, kind }) => ({ path, kind }));
  }

  async *read(
    paths: readonly string[],
    { maxBytes }: { readonly maxBytes: number },
  ): AsyncGenerator<FileContent> {
    for (let from = 0; from < paths.length; from += AT_A_TIME) {
      const group = paths.slice(from, from + AT_A_TIME);
      yield* (await Promise.all(group.map((path) => this.fileAt(path, maxBytes)))).flat();
    }
  }

  committed(path: string): Blob | undefined {
    return this.entries.get(path)?.blob;
  }

  /** A tracked file may have gone, or become a directory. */
  private async kindAt({ path, misnamed }: ListedEntry): Promise<boolean> {
    if (misnamed) return true;
    const stats = await lstat(join(this.root, path)).catch(absent);
    return stats !== null && !stats.isDirectory();
  }

  private async fileAt(path: string, maxBytes: number): Promise<FileContent[]> {
    const entry = this.entries.get(path);
    if (entry?.misnamed) return [{ ...UNREAD, path, kind: 'file', misnamed: true }];
    const stats = await lstat(join(this.root, path)).catch(absent);
    if (!stats) return [];
    // On a file system without links, git writes the target into a file.
    if (stats.isSymbolicLink() || entry?.kind === 'symlink') return [{ ...UNREAD, path, kind: 'symlink' }];
    if (!stats.isFile()) return [];
    if (stats.size > maxBytes) return [{ ...UNREAD, path, kind: 'file', size: stats.size }];
    const handle = await open(join(this.root, path), FLAGS);
    try {
      const bytes = await handle.readFile();
      const size = bytes.byteLength;
      return [{ path, blob: blobOf(bytes), kind: 'file', bytes: size > maxBytes ? null : bytes, size }];
    } finally {
      await handle.close();
    }
  }
}

const UNREAD = { blob: '', bytes: null, size: 0 };

async function inGroups<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += AT_A_TIME)
    results.push(...(await Promise.all(items.slice(from, from + AT_A_TIME).map(work))));
  return results;
}

function reasonOf(error: unknown): string {
  const { code, stderr } = error as { code?: unknown; stderr?: Buffer };
  if (code === 'ENOENT') return 'git is not installed';
  return stderr?.toString().split('\n')[0] || String(code ?? error);
}
