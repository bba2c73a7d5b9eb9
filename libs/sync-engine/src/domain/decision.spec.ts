import { admitFiles } from './admit-files';
import { baseAfter } from './base-after';
import { isNew, keepsLocal, nameTaken, takesRemote, type Decision } from './decision';
import { quarantinedBy, releasedBy } from './quarantine-after';
import type { BaseEntry } from './reconcile';
import { countsOfPull } from './run-counts';

const ADA = { name: 'Ada', email: 'ada@example.com' };
const AT = new Date(0);
const base = { remote: 'base', local: 'base' };
const text = Buffer.from('theirs');

const about = { path: 'a.md', local: 'ours', remote: 'theirs', asOf: 7 };
const conflict = { ...about, kind: 'conflict', content: text, base, localFile: null } as const;
const commit = { id: 'c1', author: ADA, committedAt: AT };

const take: Decision = { ...about, kind: 'take', content: text };
const create: Decision = { ...take, local: null };
const remove: Decision = { ...about, kind: 'take', remote: null, content: null };
const agree: Decision = { ...about, kind: 'agree', local: 'theirs' };
const remoteWins: Decision = { ...conflict, commit, winner: 'remote' };
const localWins: Decision = { ...conflict, commit, winner: 'local' };
const held: Decision = { ...about, kind: 'quarantine', reason: 'too_big', detail: 'split it', base };

const TABLE: [
  string,
  Decision,
  { takes: boolean; keeps: boolean; isNew: boolean; after: BaseEntry; count: string },
][] = [
  [
    'an update',
    take,
    {
      takes: true,
      keeps: false,
      isNew: false,
      after: { remote: 'theirs', local: 'theirs', supersededUpTo: 7, seenAt: 'head' },
      count: 'updated',
    },
  ],
  [
    'a new file',
    create,
    {
      takes: true,
      keeps: false,
      isNew: true,
      after: { remote: 'theirs', local: 'theirs', supersededUpTo: 7, seenAt: 'head' },
      count: 'created',
    },
  ],
  [
    'a deletion',
    remove,
    {
      takes: true,
      keeps: false,
      isNew: false,
      after: { remote: null, local: null, supersededUpTo: 7, seenAt: 'head' },
      count: 'deleted',
    },
  ],
  [
    'equal texts',
    agree,
    {
      takes: false,
      keeps: false,
      isNew: false,
      after: { remote: 'theirs', local: 'theirs', supersededUpTo: 7, seenAt: 'head' },
      count: 'unchanged',
    },
  ],
  [
    'a conflict that GitLab wins',
    remoteWins,
    {
      takes: true,
      keeps: false,
      isNew: false,
      after: { remote: 'theirs', local: 'theirs', supersededUpTo: 7, seenAt: 'head' },
      count: 'updated conflicts',
    },
  ],
  [
    'a conflict that Dot wins',
    localWins,
    {
      takes: false,
      keeps: true,
      isNew: false,
      after: { remote: 'theirs', local: 'theirs', supersededUpTo: 0, seenAt: 'head' },
      count: 'conflicts',
    },
  ],
  [
    'a file in quarantine',
    held,
    {
      takes: false,
      keeps: true,
      isNew: false,
      after: { remote: 'theirs', local: 'base', supersededUpTo: 0, seenAt: 'head' },
      count: 'quarantined',
    },
  ],
];

describe('A decision', () => {
  it.each(TABLE)(
    'about %s determines the effect on Dot, the base and the counts',
    (_, decision, expected) => {
      const counts = Object.entries(countsOfPull([decision])).filter(([, count]) => count === 1);
      expect({
        takes: takesRemote(decision),
        keeps: keepsLocal(decision),
        isNew: isNew(decision),
        after: baseAfter([decision], 'head').get('a.md'),
        count: counts.map(([name]) => name).join(' '),
      }).toEqual(expected);
    },
  );

  it('keeps the endings that Dot has if the texts agree', () => {
    const lines: Decision = { ...about, kind: 'agree', local: 'crlf', remote: 'lf' };
    expect(baseAfter([lines], 'head').get('a.md')).toEqual({
      remote: 'lf',
      local: 'crlf',
      supersededUpTo: 7,
      seenAt: 'head',
    });
  });

  it('waits for its place if Dot has no room for the name, and lets Dot win if Dot changed it', () => {
    expect(nameTaken(create, 'notes is a file')).toMatchObject({
      ...{ kind: 'quarantine', reason: 'name_taken', detail: 'notes is a file', base: undefined },
    });
    expect(nameTaken(remoteWins, 'notes is a file')).toMatchObject({ kind: 'conflict', winner: 'local' });
  });
});

describe('admitFiles', () => {
  const usage = { bytes: 10, files: 1 };
  const quota = (maxBytes: number, maxFiles: number) => ({ maxBytes, maxFiles });
  const sizes = new Map([['a.md', 10]]);
  const fileAt = (path: string): Decision => ({ ...create, path });

  it.each<[string, Decision[], ReturnType<typeof quota>, string[]]>([
    ['admits a new file that fits', [fileAt('b.md')], quota(16, 2), ['take']],
    ['holds one that brings too many bytes', [fileAt('b.md')], quota(15, 2), ['quarantine']],
    ['holds one that is one file too many', [fileAt('b.md')], quota(100, 1), ['quarantine']],
    [
      'admits in the order of the paths',
      [fileAt('c.md'), fileAt('b.md')],
      quota(100, 2),
      ['quarantine', 'take'],
    ],
    ['counts the room that a deletion makes', [remove, fileAt('b.md')], quota(6, 1), ['take', 'take']],
    ['updates whatever the quota says', [take], quota(1, 1), ['take']],
  ])('%s', (_, decisions, limit, kinds) => {
    const admitted = admitFiles(decisions, sizes, usage, limit);
    expect(admitted.decisions.map(({ kind }) => kind)).toEqual(kinds);
  });

  it('lets a file that Dot deleted stay deleted', () => {
    const back: Decision = { ...remoteWins, local: null };
    const { decisions, quota: checked } = admitFiles([back], new Map(), usage, quota(15, 2));
    expect(decisions).toMatchObject([{ kind: 'conflict', winner: 'local' }]);
    expect(checked).toBeUndefined();
  });
});

describe('Quarantine', () => {
  const waiting = {
    path: 'a.md',
    side: 'remote',
    blob: 'theirs',
    reason: 'too_big',
    detail: '',
    at: AT,
  } as const;
  const quarantined = new Map([['a.md', waiting]]);
  const tree = new Map();

  it.each<[string, Decision[], Map<string, string | null>, unknown, string[]]>([
    ['lets go of a path that was decided otherwise', [take], new Map([['a.md', 'file']]), null, ['a.md']],
    ['keeps a path that is held again', [held], new Map([['a.md', 'file']]), null, []],
    ['keeps a path that nothing was found out about', [], new Map(), null, []],
    ['lets go of a path that GitLab deleted', [], new Map([['a.md', null]]), null, ['a.md']],
    ['lets go of a path that the whole tree lacks', [], new Map(), tree, ['a.md']],
    ['keeps a path that the tree has unchanged', [], new Map([['a.md', 'file']]), tree, []],
  ])('%s', (_, decisions, changed, whole, released) => {
    expect(releasedBy(decisions, { quarantined, changed, tree: whole })).toEqual(released);
  });

  it('records the version on GitLab, the reason, and the room the file needs', () => {
    const waits: Decision = { ...held, reason: 'quota_exceeded', size: 6 };
    expect(quarantinedBy([take, waits], AT)).toEqual([
      {
        ...{ path: 'a.md', side: 'remote', blob: 'theirs', reason: 'quota_exceeded' },
        detail: 'split it',
        at: AT,
        size: 6,
      },
    ]);
  });
});
