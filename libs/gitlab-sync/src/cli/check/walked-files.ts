import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { absent } from './absent';
import { named, type ListedEntry } from './git-listing';

/** As many as a pull reads. */
const MOST_ENTRIES = 500_000;
const SLASH = Buffer.from('/');

/** Lists the files below these entries of the root, without git: also those that git would ignore. @throws Error */
export async function listByWalk(root: string, entries: readonly string[]): Promise<ListedEntry[]> {
  const found: ListedEntry[] = [];
  const walk = async (path: Buffer): Promise<void> => {
    const children = await readdir(within(root, path), { withFileTypes: true, encoding: 'buffer' });
    // A repository inside the tree would be a submodule.
    if (children.some(({ name }) => name.toString() === '.git')) {
      found.push({ ...named(path), kind: 'submodule' });
      return;
    }
    for (const child of children) await add(Buffer.concat([path, SLASH, child.name]), child);
  };
  const add = async (path: Buffer, entry: Kind): Promise<void> => {
    if (found.length >= MOST_ENTRIES) throw new Error(`There are more than ${MOST_ENTRIES} files.`);
    if (entry.isDirectory()) await walk(path);
    else if (entry.isSymbolicLink()) found.push({ ...named(path), kind: 'symlink' });
    else if (entry.isFile()) found.push({ ...named(path), kind: 'file' });
  };
  for (const entry of new Set(entries)) {
    const stats = await lstat(within(root, Buffer.from(entry))).catch(absent);
    if (stats) await add(Buffer.from(entry), stats);
  }
  return found;
}

type Kind = Pick<Dirent, 'isDirectory' | 'isFile' | 'isSymbolicLink'>;

/** A path as bytes, because a name may not be UTF-8. */
const within = (root: string, path: Buffer): Buffer => Buffer.concat([Buffer.from(root), SLASH, path]);
