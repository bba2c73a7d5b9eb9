import type { Change, Origin } from '@app/context-store';
import { Scope } from '@app/kernel';
import { pendingAmong } from './pending-changes';
import { SyncPolicy } from './sync-policy';

type Step = readonly [path: string, blob: string | null];

const change = (revision: number, steps: readonly Step[], origin: Origin = 'user'): Change => ({
  ...{ id: `${revision}`, revision, author: { name: 'Ada', email: 'a@b' }, message: 'm', origin },
  ...{ at: new Date(0), runId: null, commit: null },
  versions: steps.map(([path, blob], i) => ({
    ...{ id: `${revision}.${i}`, path, blob, from: null },
    op: blob === null ? 'delete' : 'put',
  })),
});
const agreed = (remote: string | null, local = remote, supersededUpTo = 0) => ({
  remote,
  local,
  supersededUpTo,
});

const policy = new SyncPolicy({ id: '1', scope: new Scope(['notes']), onConflict: 'newest' });

describe('Pending changes', () => {
  const base = new Map([
    ['notes/a.md', agreed('a')],
    ['notes/lf.md', agreed('lf', 'crlf')],
    ['notes/lost.md', agreed('theirs', 'theirs', 5)],
    ['notes/waits.md', agreed(null, 'w')],
  ]);

  it.each<[string, Change[], string[]]>([
    ['are edits', [change(1, [['notes/a.md', 'b']])], ['1 notes/a.md']],
    [
      'are new files and deletions',
      [
        change(1, [
          ['notes/n.md', 'n'],
          ['notes/a.md', null],
        ]),
      ],
      ['1 notes/n.md notes/a.md'],
    ],
    ['are not what GitLab has already', [change(1, [['notes/a.md', 'a']])], []],
    ['are not what differs by line endings only', [change(1, [['notes/lf.md', 'crlf']])], []],
    ['are not the deletion of what GitLab does not have', [change(1, [['notes/n.md', null]])], []],
    ['are not what lost a conflict', [change(5, [['notes/lost.md', 'ours']])], []],
    ['are what follows a lost conflict', [change(6, [['notes/lost.md', 'again']])], ['6 notes/lost.md']],
    [
      'are the rest of a change that lost a part',
      [
        change(5, [
          ['notes/lost.md', 'x'],
          ['notes/a.md', 'x'],
        ]),
      ],
      ['5 notes/a.md'],
    ],
    ['are not what came from GitLab', [change(1, [['notes/a.md', 'b']], 'gitlab')], []],
    ['are not out of scope', [change(1, [['other/a.md', 'b']])], []],
    [
      'are each step of several',
      [change(1, [['notes/a.md', 'b']]), change(2, [['notes/a.md', 'a']])],
      ['1 notes/a.md', '2 notes/a.md'],
    ],
    [
      'are what a change leaves at last',
      [
        change(1, [
          ['notes/a.md', 'b'],
          ['notes/a.md', 'a'],
        ]),
      ],
      [],
    ],
    [
      'are a file that is gone on GitLab, saved again',
      [change(1, [['notes/waits.md', 'w']])],
      ['1 notes/waits.md'],
    ],
  ])('%s', (_, changes, expected) => {
    const pending = pendingAmong(changes, base, policy);
    const shown = pending.map(({ id, versions }) => [id, ...versions.map(({ path }) => path)].join(' '));
    expect(shown).toEqual(expected);
  });
});
