import { blobOf } from '@app/kernel';
import { ancestors, Blockers, planCommit, type Wanted } from './commit-plan';
import type { BaseBlobs } from './reconcile';

const text = (content: string) => Buffer.from(content);
const blob = (content: string) => blobOf(text(content));
const put = (path: string, content: string, from: string | null = null): Wanted => ({
  path,
  content: text(content),
  from,
});
const gone = (path: string): Wanted => ({ path, content: null, from: null });

function plan(onGitLab: Record<string, string>, wanted: Wanted[], occupied: Record<string, string> = {}) {
  const known = new Map<string, BaseBlobs>(
    Object.entries(onGitLab).map(([path, content]) => [
      path,
      { remote: blob(content), local: blob(content) },
    ]),
  );
  return planCommit(
    wanted,
    known,
    new Blockers(
      new Set(known.keys()),
      new Map(Object.entries(occupied).map(([path, detail]) => [path, { reason: 'name_taken', detail }])),
    ),
  );
}

/** op, path and content (or origin) of each action, for reading. */
const actions = (...args: Parameters<typeof plan>) =>
  plan(...args).actions.map((action) => {
    const content =
      'content' in action && action.content ? ` = ${JSON.stringify(action.content.toString())}` : '';
    return `${action.op} ${'from' in action ? `${action.from} → ` : ''}${action.path}${content}`;
  });

describe('planCommit', () => {
  it.each<[string, Record<string, string>, Wanted[], string[]]>([
    ['creates what GitLab lacks', {}, [put('a.md', 'x')], ['create a.md = "x"']],
    ['updates what GitLab has otherwise', { 'a.md': 'old' }, [put('a.md', 'x')], ['update a.md = "x"']],
    ['leaves out what GitLab has already', { 'a.md': 'x' }, [put('a.md', 'x')], []],
    ['leaves out what differs by line endings alone', { 'a.md': 'x\n' }, [put('a.md', 'x\r\n')], []],
    ['deletes', { 'a.md': 'x' }, [gone('a.md')], ['delete a.md']],
    ['leaves out the deletion of what is absent', {}, [gone('a.md')], []],
    ['moves', { 'a.md': 'x' }, [gone('a.md'), put('b.md', 'x', 'a.md')], ['move a.md → b.md = "x"']],
    [
      'moves and edits',
      { 'a.md': 'x' },
      [gone('a.md'), put('b.md', 'y', 'a.md')],
      ['move a.md → b.md = "y"'],
    ],
    [
      'moves onto an existing file by deleting and updating',
      { 'a.md': 'x', 'b.md': 'z' },
      [gone('a.md'), put('b.md', 'x', 'a.md')],
      ['delete a.md', 'update b.md = "x"'],
    ],
    [
      'creates where the moved file never reached GitLab',
      {},
      [gone('a.md'), put('b.md', 'x', 'a.md')],
      ['create b.md = "x"'],
    ],
    [
      'lets a directory give way to a file',
      { 'a.md/b.md': 'x' },
      [put('a.md', 'y'), gone('a.md/b.md')],
      ['delete a.md/b.md', 'create a.md = "y"'],
    ],
    [
      'lets a file give way to a directory',
      { 'a.md': 'x' },
      [put('a.md/b.md', 'y'), gone('a.md')],
      ['delete a.md', 'create a.md/b.md = "y"'],
    ],
    [
      'writes again under a name that was moved away, and makes what it was last',
      { 'a.md': 'x' },
      [gone('a.md'), put('b.md', 'x', 'a.md'), put('a.md', 'y')],
      ['update a.md = "y"', 'create b.md = "x"'],
    ],
    [
      'leaves out what was written and taken away in one change',
      {},
      [put('a.md', 'x'), gone('a.md'), put('b.md', 'x', 'a.md')],
      ['create b.md = "x"'],
    ],
  ])('%s', (_, onGitLab, wanted, expected) => {
    expect(actions(onGitLab, wanted)).toEqual(expected);
  });

  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['a directory stands there', { 'a.md/b.md': 'x' }, {}],
    ['something that is no file stands there', {}, { 'a.md': 'a submodule' }],
  ])('holds a file back if %s, and sends the rest', (_, onGitLab, occupied) => {
    const { actions, held } = plan(onGitLab, [put('a.md', 'y'), put('c.md', 'z')], occupied);
    expect([...held.keys()]).toEqual(['a.md']);
    expect(actions.map(({ path }) => path)).toEqual(['c.md']);
  });

  it('holds a file back where its directory is a file on GitLab', () => {
    expect(plan({ 'a.md': 'x' }, [put('a.md/b.md', 'y')]).held.get('a.md/b.md')?.detail).toContain(
      'a file at a.md',
    );
  });

  it('knows what both sides hold afterwards, line endings included', () => {
    const { agreed } = plan({ 'b.md': 'x' }, [put('a.md', 'x\r\n'), gone('b.md')]);
    expect(agreed.get('a.md')).toEqual({ remote: blob('x\n'), local: blob('x\r\n') });
    expect(agreed.get('b.md')).toEqual({ remote: null, local: null });
  });
});

describe('A commit', () => {
  it('names the commit in which each of its files was seen', () => {
    const known = new Map(
      ['a.md', 'b.md', 'c.md'].map((path) => [
        path,
        { remote: blob('x'), local: blob('x'), ...(path !== 'c.md' && { seenAt: `seen ${path}` }) },
      ]),
    );
    const wanted = [put('a.md', 'y'), gone('b.md'), put('c.md', 'z')];
    expect(planCommit(wanted, known, new Blockers(new Set(), new Map())).actions).toMatchObject([
      { op: 'delete', path: 'b.md', seenAt: 'seen b.md' },
      { op: 'update', path: 'a.md', seenAt: 'seen a.md' },
      { op: 'update', path: 'c.md' },
    ]);
    const [, , unseen] = planCommit(wanted, known, new Blockers(new Set(), new Map())).actions;
    expect(unseen).not.toHaveProperty('seenAt');
  });

  it.each<[string, Wanted[], string[]]>([
    [
      'into a directory that leaves by the same commit',
      [gone('d/x.md'), gone('a.md'), put('d', 'a', 'a.md')],
      ['delete d/x.md', 'delete a.md', 'create d = "a"'],
    ],
    [
      'below a file that leaves by the same commit',
      [gone('f'), gone('a.md'), put('f/n.md', 'a', 'a.md')],
      ['delete f', 'delete a.md', 'create f/n.md = "a"'],
    ],
  ])('does not move a file %s', (_, wanted, expected) => {
    const onGitLab = { 'a.md': 'a', ...(wanted[0].path === 'f' ? { f: 'f' } : { 'd/x.md': 'x' }) };
    expect(actions(onGitLab, wanted)).toEqual(expected);
  });

  it.each([
    ['a.md', []],
    ['d/a.md', ['d']],
    ['d/e/a.md', ['d', 'd/e']],
  ])('finds the directories of %s', (path, directories) => {
    expect(ancestors(path)).toEqual(directories);
  });
});
