import { GitObjects } from './git-objects';
import type { CommitObject, Entry } from './git-objects';
import { History } from './history';
import { RealGit } from './spec-support/real-git';
import { diffTrees } from './tree-diff';
import { TreeEditor } from './tree-editor';

const PATHS = ['a.md', 'b.md', 'dir/a.md', 'dir/sub/b.md'];
const COMMITS = 30;

/** A history of edits, deletions, renames and merges, the same in every run. */
describe('history', () => {
  const objects = new GitObjects();
  const history = new History(objects);
  const commits: CommitObject[] = [];
  let git: RealGit;

  beforeAll(() => {
    git = new RealGit();
    const random = randomNumbers(7);
    for (let n = 0; n < COMMITS; n++) commits.push(grow(n, random));
  });
  afterAll(() => git.remove());

  function grow(n: number, random: (below: number) => number): CommitObject {
    const mother = commits[Math.max(0, n - 1 - random(3))];
    const father = n > 3 && random(3) === 0 ? commits[random(n)] : undefined;
    const parents = [...new Set([mother, father].flatMap((parent) => (parent ? [parent.id] : [])))];
    const tree = new TreeEditor(objects, mother?.tree ?? objects.emptyTree);
    if (father)
      for (const [path, entry] of someOf(objects.files(father.tree), random))
        tree.set(path, entry.id, entry.mode);
    else edit(tree, n, random);
    const at = new Date(1_700_000_000_000 + (n - random(2) * 3) * 1000);
    const person = { name: 'Ada', email: 'ada@example.com', at };
    const commit = objects.writeCommit({
      tree: tree.write(),
      parents,
      author: person,
      committer: person,
      message: `c${n}\n`,
    });
    expect(git.take(objects, commit)).toBe(commit.id);
    return commit;
  }

  function edit(tree: TreeEditor, n: number, random: (below: number) => number): void {
    const [path, other] = [PATHS[random(PATHS.length)], PATHS[random(PATHS.length)]];
    const there = tree.at(path);
    if (typeof there === 'object' && random(4) === 0) tree.delete(path);
    if (typeof there === 'object' && random(4) === 0) tree.set(other, there.id, there.mode);
    else tree.set(path, objects.writeBlob(Buffer.from(`${path}\n${random(3)}\n${n % 5}\n`)), '100644');
  }

  it('lists commits as git log does', () => {
    for (const { id } of commits) expect(idsOf(history.log([id]))).toEqual(git.lines('rev-list', id));
  });

  it('lists ranges as git log does', () => {
    for (const [n, { id }] of commits.entries()) {
      const from = commits[(n * 7) % COMMITS].id;
      expect(idsOf(history.log([id], { exclude: [from] }))).toEqual(git.lines('rev-list', `${from}..${id}`));
    }
  });

  it.each([...PATHS, 'dir', 'none.md'])('finds who touched %s last as git log does', (path) => {
    for (const { id } of commits) {
      const [expected] = git.lines('log', '-1', '--format=%H', id, '--', path);
      expect(history.lastTouching(id, path)?.id).toBe(expected);
    }
  });

  it('finds a merge base git finds', () => {
    for (const [n, { id }] of commits.entries()) {
      const other = commits[(n * 11) % COMMITS].id;
      const expected = git.lines('merge-base', '--all', id, other);
      expect(expected).toContain(history.mergeBase(id, other)?.id);
    }
  });

  it('tells the same paths between two trees as git diff, renames apart', () => {
    for (const [n, { id, tree }] of commits.entries()) {
      const other = commits[(n * 13) % COMMITS];
      const expected = git.lines('diff', '--name-only', '--no-renames', other.id, id);
      const paths = diffTrees(objects, other.tree, tree).flatMap(({ path, from }) => [path, from]);
      expect([...new Set(paths)].sort()).toEqual(expected.sort());
    }
  });
});

function idsOf(commits: Iterable<CommitObject>): string[] {
  return [...commits].map(({ id }) => id);
}

function someOf(files: ReadonlyMap<string, Entry>, random: (below: number) => number): [string, Entry][] {
  return [...files].filter(() => random(2) === 0);
}

/** A linear congruential generator: chance that can be repeated. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}
