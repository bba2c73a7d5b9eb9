import { diff3Merge } from 'node-diff3';
import type { Entry, GitObjects } from './git-objects';
import { sameEntry } from './history';
import { TreeEditor } from './tree-editor';

/** The merged tree, or the paths that a person must merge. */
export interface Merged {
  readonly tree: string;
  readonly conflicts: readonly string[];
}

/**
 * Merges two trees as `git merge` does: path by path, and line by line if both sides changed a text. Does not
 * follow renames.
 */
export function mergeTrees(objects: GitObjects, base: string, ours: string, theirs: string): Merged {
  const [before, own, other] = [base, ours, theirs].map((tree) => objects.files(tree));
  const tree = new TreeEditor(objects, ours);
  const conflicts: string[] = [];
  for (const path of new Set([...before.keys(), ...own.keys(), ...other.keys()])) {
    const [was, here, there] = [before.get(path), own.get(path), other.get(path)];
    if (sameEntry(here, there) || sameEntry(was, there)) continue;
    const merged = sameEntry(was, here) ? there : mergeFiles(objects, was, here, there);
    if (merged === 'conflict' || (merged && isInTheWay(objects, tree, path))) conflicts.push(path);
    else if (merged) tree.set(path, merged.id, merged.mode);
    else tree.delete(path);
  }
  return { tree: tree.write(), conflicts };
}

/** A file excludes a directory in the same place on the other side, and the reverse. */
function isInTheWay(objects: GitObjects, tree: TreeEditor, path: string): boolean {
  if (tree.fileAbove(path) !== undefined) return true;
  if (tree.at(path) !== 'directory') return false;
  return [...objects.files(tree.write()).keys()].some((other) => other.startsWith(`${path}/`));
}

function mergeFiles(
  objects: GitObjects,
  was: Entry | undefined,
  here: Entry | undefined,
  there: Entry | undefined,
): Entry | 'conflict' {
  if (!here || !there || here.mode !== there.mode || here.mode === '160000') return 'conflict';
  const bytes = [here, was, there].map((entry) => (entry ? objects.blob(entry.id) : Buffer.alloc(0)));
  if (bytes.some((each) => each === undefined || each.includes(0))) return 'conflict';
  const [own, base, other] = bytes.map((each) => linesOf(each as Buffer));
  const regions = diff3Merge(own, base, other, { excludeFalseConflicts: true });
  if (regions.some(({ conflict }) => conflict)) return 'conflict';
  const text = regions.flatMap(({ ok = [] }) => ok).join('');
  return { mode: here.mode, id: objects.writeBlob(Buffer.from(text, 'latin1')) };
}

/** Splits after each line break. Latin text keeps every byte. */
function linesOf(bytes: Buffer): string[] {
  return bytes.toString('latin1').split(/(?<=\n)/);
}
