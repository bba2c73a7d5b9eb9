import { affectedPathsOf, directoriesOf } from './affected-paths';
import type { Edit, NewChange } from './change';

const AT = new Date('2026-01-01T12:00:00Z');
const author = { name: 'Ann', email: 'ann@example.com' };
const content = Buffer.from('x');

describe('The paths that a change needs to know', () => {
  it.each<[string, Edit[], string[], string[]]>([
    [
      'a file that is put, with its directories',
      [{ op: 'put', path: 'a/b/c', content }],
      ['a/b/c', 'a', 'a/b'],
      ['a/b/c'],
    ],
    ['a file that is deleted', [{ op: 'delete', path: 'a/b' }], ['a/b'], []],
    ['both ends of a move', [{ op: 'move', from: 'a/b', path: 'c/d' }], ['c/d', 'a/b', 'c'], ['c/d']],
    ['nothing of a text that is kept', [{ op: 'keep', path: 'a', content, author, at: AT }], [], []],
  ])('%s', (_, edits, paths, written) => {
    const change: NewChange = { id: 'c', author, message: '', origin: 'user', at: AT, edits };
    expect(affectedPathsOf(change)).toEqual({ paths: new Set(paths), written: new Set(written) });
    const expected = new Map([['e', null]]);
    expect([...affectedPathsOf({ ...change, expected }).paths]).toEqual(['e', ...paths]);
  });

  it.each([
    ['a', []],
    ['a/b/c.md', ['a', 'a/b']],
  ])('%s lies in %j', (path, directories) => expect(directoriesOf(path)).toEqual(directories));
});
