import type { Entry, GitObjects } from './git-objects';
import { sameEntry } from './history';

/** One path that differs between two trees; `from` is its old name where git sees a rename. */
export interface Difference {
  readonly path: string;
  readonly from: string;
  readonly before?: Entry;
  readonly after?: Entry;
}

/** GitLab asks git for renames from 30 % likeness on, so a deletion and a creation may come back as one row (docs/gitlab-api.md#compare). */
const LIKENESS = 0.3;

export function diffTrees(objects: GitObjects, before: string, after: string): Difference[] {
  return pairRenames(objects, [...differences(objects, before, after, '')]).sort((a, b) =>
    Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)),
  );
}

function* differences(
  objects: GitObjects,
  before: string,
  after: string,
  prefix: string,
): Generator<Difference> {
  if (before === after) return;
  const [old, young] = [objects.tree(before), objects.tree(after)];
  for (const name of new Set([...old.keys(), ...young.keys()])) {
    const [a, b] = [old.get(name), young.get(name)];
    if (sameEntry(a, b)) continue;
    const path = prefix + name;
    const [dirA, dirB] = [a?.mode === '040000', b?.mode === '040000'];
    if (dirA || dirB) {
      const none = objects.emptyTree;
      yield* differences(objects, dirA && a ? a.id : none, dirB && b ? b.id : none, `${path}/`);
    }
    const fileA = dirA ? undefined : a;
    const fileB = dirB ? undefined : b;
    if (fileA || fileB) yield { path, from: path, before: fileA, after: fileB };
  }
}

function pairRenames(objects: GitObjects, rows: Difference[]): Difference[] {
  const gone = new Set(rows.filter((row) => row.before && !row.after));
  const paired = rows.map((row) => {
    if (row.before || !row.after) return row;
    const source = mostAlike(objects, row.after, gone);
    if (!source) return row;
    gone.delete(source);
    return { path: row.path, from: source.path, before: source.before, after: row.after };
  });
  return paired.filter((row) => row.after || gone.has(row));
}

function mostAlike(objects: GitObjects, after: Entry, gone: ReadonlySet<Difference>): Difference | undefined {
  let best: Difference | undefined;
  let score = LIKENESS;
  for (const row of gone) {
    const likeness = row.before ? likenessOf(objects, row.before, after) : 0;
    if (likeness >= score && (!best || likeness > score)) [best, score] = [row, likeness];
  }
  return best;
}

function likenessOf(objects: GitObjects, a: Entry, b: Entry): number {
  if (a.mode.slice(0, 2) !== b.mode.slice(0, 2) || a.mode === '160000') return 0;
  if (a.id === b.id) return 1;
  const [before, after] = [objects.blob(a.id), objects.blob(b.id)];
  if (!before?.length || !after?.length) return 0;
  const lines = new Map<string, number>();
  for (const line of linesOf(before)) lines.set(line, (lines.get(line) ?? 0) + 1);
  let shared = 0;
  for (const line of linesOf(after)) {
    const left = lines.get(line) ?? 0;
    if (left) shared += line.length;
    lines.set(line, left - 1);
  }
  return shared / Math.max(before.length, after.length);
}

function linesOf(bytes: Buffer): string[] {
  return bytes.toString('latin1').match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
