import { Scope } from '@app/kernel';
import { pathsAhead } from './paths-ahead';
import { SyncPolicy } from './sync-policy';

const policy = new SyncPolicy({ id: 'one', scope: new Scope(['docs']), onConflict: 'newest' });

it('finds in order all that Dot wrote, changed or deleted within the scope', () => {
  const base = new Map(
    ['docs/same.md', 'docs/gone.md', 'docs/edited.md', 'notes/gone.md'].map((path) => [
      path,
      { remote: 'base', local: 'base' },
    ]),
  );
  const local = new Map([
    ['docs/new.md', { blob: 'ours' }],
    ['docs/same.md', { blob: 'base' }],
    ['docs/edited.md', { blob: 'ours' }],
    ['notes/new.md', { blob: 'ours' }],
  ]);
  expect(pathsAhead(base, local, policy)).toEqual(['docs/edited.md', 'docs/gone.md', 'docs/new.md']);
});

it('finds them in the order of code points, in which files are read', () => {
  const paths = ['docs/a.md', 'docs/\uff5e.md', 'docs/\u{1f600}.md'];
  const local = new Map(paths.toReversed().map((path) => [path, { blob: 'ours' }]));
  expect(pathsAhead(new Map(), local, policy)).toEqual(paths);
});
