import { GitObjects } from './git-objects';
import { RealGit } from './spec-support/real-git';
import { mergeTrees } from './three-way';
import { TreeEditor } from './tree-editor';

type Files = Readonly<Record<string, string>>;

const LINES = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
const text = (change: Readonly<Record<number, string>> = {}): string =>
  LINES.map((line, at) => change[at + 1] ?? line)
    .filter((line) => line !== '')
    .map((line) => `${line}\n`)
    .join('');

/** Compared with `git merge-tree`, without following renames. */
describe('A three-way merge', () => {
  const objects = new GitObjects();
  let git: RealGit;
  beforeAll(() => {
    git = new RealGit();
  });
  afterAll(() => git.remove());

  const treeOf = (files: Files): string => {
    const tree = new TreeEditor(objects, objects.emptyTree);
    for (const [path, content] of Object.entries(files))
      tree.set(path, objects.writeBlob(Buffer.from(content)), '100644');
    return tree.write();
  };

  const commitOf = (tree: string, parents: readonly string[] = []) => {
    const person = { name: 'Ada', email: 'ada@example.com', at: new Date(1_700_000_000_000) };
    const commit = objects.writeCommit({ tree, parents, author: person, committer: person, message: 'm' });
    expect(git.take(objects, commit)).toBe(commit.id);
    return commit;
  };

  const byGit = (base: string, ours: string, theirs: string): { tree: string } | 'conflict' => {
    const start = commitOf(base);
    const [own, other] = [commitOf(ours, [start.id]), commitOf(theirs, [start.id])];
    try {
      const config = ['-c', 'merge.renames=false', '-c', 'merge.directoryRenames=false'];
      return { tree: git.run([...config, 'merge-tree', '--write-tree', own.id, other.id]) };
    } catch {
      return 'conflict';
    }
  };

  it.each<[string, Files, Files, Files]>([
    ['of different files', { a: 'a\n' }, { a: 'a\n', b: 'b\n' }, { a: 'a\n', c: 'c\n' }],
    ['of the same edit', { a: '1\n' }, { a: '2\n' }, { a: '2\n' }],
    ['of distant lines', { a: text() }, { a: text({ 1: 'x' }) }, { a: text({ 9: 'y' }) }],
    ['of lines with one between', { a: text() }, { a: text({ 3: 'x' }) }, { a: text({ 5: 'y' }) }],
    ['of neighbouring lines', { a: text() }, { a: text({ 3: 'x' }) }, { a: text({ 4: 'y' }) }],
    ['of the same line', { a: text() }, { a: text({ 3: 'x' }) }, { a: text({ 3: 'y' }) }],
    ['of an edit and a removed line', { a: text() }, { a: text({ 2: '' }) }, { a: text({ 8: 'y' }) }],
    ['of an edit and a deletion', { a: '1\n', b: 'b\n' }, { a: '2\n', b: 'b\n' }, { b: 'b\n' }],
    ['of two deletions', { a: '1\n', b: 'b\n' }, { b: 'b\n' }, { b: 'b\n' }],
    ['of two new files of one name', {}, { a: '1\n' }, { a: '2\n' }],
    [
      'of a deletion and a new directory',
      { a: '1\n', b: 'b\n' },
      { a: '1\n', b: 'b\n' },
      { 'a/c': '1\n', b: 'b\n' },
    ],
    [
      'of a file and a directory of one name',
      { b: 'b\n' },
      { a: '1\n', b: 'b\n' },
      { 'a/c': '2\n', b: 'b\n' },
    ],
    ['of a directory that became a file', { 'a/c': '1\n' }, { 'a/c': '1\n', b: 'b\n' }, { a: '2\n' }],
    ['of binary files', { a: 'a\0b' }, { a: 'a\0c' }, { a: 'a\0d' }],
    ['without a line break at the end', { a: text() }, { a: text({ 1: 'x' }) }, { a: text().trimEnd() }],
    [
      'of texts that are not UTF-8',
      { a: `ü\n${text()}` },
      { a: `ü\n${text({ 1: 'x' })}` },
      { a: `ö\n${text({ 9: 'y' })}` },
    ],
  ])('%s', (_, base, ours, theirs) => {
    const trees = [treeOf(base), treeOf(ours), treeOf(theirs)] as const;
    const { tree, conflicts } = mergeTrees(objects, ...trees);
    expect(conflicts.length ? 'conflict' : { tree }).toEqual(byGit(...trees));
  });

  it('agrees with git about random edits', () => {
    let seed = 11;
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const edited = (files: Files): Files =>
      Object.fromEntries(
        Object.entries(files).flatMap(([path, content]) => {
          if (random(6) === 0) return [];
          const lines = content.split('\n');
          if (random(2)) lines.splice(random(lines.length - 1), random(2), `edit ${random(4)}`);
          return [[path, lines.join('\n')]];
        }),
      );
    const outcomes = { merged: 0, conflict: 0 };
    for (let round = 0; round < 20; round++) {
      const base: Files = { a: text(), b: text({ 4: 'b' }), 'd/c': text({ 5: 'c' }) };
      const trees = [treeOf(base), treeOf(edited(base)), treeOf(edited(base))] as const;
      const { tree, conflicts } = mergeTrees(objects, ...trees);
      const ours = conflicts.length ? 'conflict' : { tree };
      expect([round, ours]).toEqual([round, byGit(...trees)]);
      outcomes[conflicts.length ? 'conflict' : 'merged']++;
    }
    expect(Math.min(outcomes.merged, outcomes.conflict)).toBeGreaterThan(3);
  });
});
