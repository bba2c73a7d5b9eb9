import {
  clash,
  equalOnTarget,
  fitOf,
  isOutdated,
  isProposed,
  isTakenOut,
  workEntry,
  type ProposedEntry,
} from './proposed-entry';
import { DIRECTORY, reconcile, type BaseEntry } from './reconcile';

const [A, B, C] = ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(40)];
const target = (remote: string | null, more: Partial<BaseEntry> = {}): BaseEntry => ({
  ...{ remote, local: remote, supersededUpTo: 1, seenAt: null },
  ...more,
});
const own = (start: string | null, remote: string | null, local = remote): ProposedEntry => ({
  ...{ start, remote, local, supersededUpTo: 0, seenAt: null },
});

describe('The base of a path on the work branch', () => {
  it.each([
    ['is the target’s where nothing differs', target(A), undefined, target(A)],
    ['is nothing where neither has it', undefined, undefined, undefined],
    ['is what was proposed', target(A), own(A, B), { remote: B, local: B }],
    [
      'stays, and lags behind, if the target moved',
      target(B),
      own(A, A),
      { remote: A, local: B, behind: true },
    ],
    ['stays what was proposed if the target moved', target(C), own(A, B), { remote: B, local: B }],
    [
      'lags behind a file that is new on the target',
      target(B),
      own(null, null),
      { remote: null, behind: true },
    ],
  ] as const)('%s', (_, agreed, entry, expected) => {
    const found = workEntry(agreed, entry);
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toMatchObject(expected);
  });

  it('counts changes as superseded that either branch superseded', () => {
    expect(workEntry(target(A, { supersededUpTo: 7 }), own(A, B))).toMatchObject({ supersededUpTo: 7 });
  });

  it('makes a reviewer’s change a conflict if Dot has followed the target', () => {
    const base = workEntry(target(B), own(A, A));
    const sides = { path: 'a.md', base, local: B, problem: null };
    expect(reconcile({ ...sides, remote: A })).toEqual({ kind: 'nothing' });
    expect(reconcile({ ...sides, remote: C })).toEqual({ kind: 'conflict' });
    expect(reconcile({ ...sides, remote: B })).toEqual({ kind: 'agree' });
  });
});

describe('A work branch whose target moved', () => {
  it.each([
    ['fits if the proposal touches other paths', own(A, A), target(B), B, 'fits'],
    ['fits if both made the same change', own(A, B), target(B), B, 'fits'],
    [
      'is followed by another if it has the target’s text with other line endings',
      own(A, B, C),
      target(C),
      C,
      'renew',
    ],
    ['has to catch up if the target won', own(A, B), target(C), C, 'catch-up'],
    ['is followed by another if Dot won', own(A, B), target(C, { local: A }), B, 'renew'],
    ['is followed by another if Dot edits the path afterwards', own(A, A), target(B), C, 'renew'],
    [
      'is followed by another if Dot keeps a file that the target deleted',
      own(A, A),
      target(null),
      A,
      'renew',
    ],
  ] as const)('%s', (_, entry, agreed, local, fit) => {
    expect(fitOf([{ own: entry, target: agreed, local, held: false }])).toBe(fit);
  });

  it('is followed by another if the target won with an entry that no push replaces', () => {
    expect(fitOf([{ own: own(A, B), target: target(C), local: C, held: true }])).toBe('renew');
  });

  it.each<[string, ProposedEntry, BaseEntry, string | null, boolean]>([
    ['a file that was deleted again, and Dot took both', own(null, B), target(null), null, true],
    ['a text that came back, and Dot took both', own(A, B), target(A), A, true],
    ['no proposed text that Dot has', own(A, B), target(A), B, false],
    ['no text that all three have', own(A, A), target(A), A, false],
  ])('is outdated by %s', (_, entry, agreed, local, outdated) => {
    expect(isOutdated(entry, agreed, local)).toBe(outdated);
  });

  it('fits as badly as its worst path', () => {
    const fits = { own: own(A, A), target: target(B), local: B, held: false };
    const catchUp = { own: own(A, B), target: target(C), local: C, held: false };
    const renew = { own: own(A, A), target: target(B), local: C, held: false };
    expect(fitOf([fits, catchUp])).toBe('catch-up');
    expect(fitOf([renew, catchUp, fits])).toBe('renew');
    expect(fitOf([])).toBe('fits');
  });
});

it.each([
  [own(A, B), target(A), true],
  [own(A, B), target(B), false],
  [own(A, A), target(B), false],
  [own(null, B), undefined, true],
  [own(A, null), target(A), true],
  [own(A, DIRECTORY), target(A), true],
  [own(A, DIRECTORY), target(null), false],
])('The entry %j beside %j is proposed: %s', (entry, agreed, proposed) => {
  expect(isProposed(entry, agreed)).toBe(proposed);
});

it.each<[string, boolean, ProposedEntry, BaseEntry | undefined, string | null]>([
  ['that the work branch lost', true, own(null, null, A), undefined, A],
  ['that was edited since', false, own(null, null, A), undefined, B],
  ['that Dot deleted', false, own(null, null, A), undefined, null],
  ['that the work branch has', false, own(null, A), undefined, A],
  ['that landed', false, own(null, null, A), target(A), A],
  ['that the target had', false, own(A, null, A), target(A), A],
  ['that neither side has', false, own(null, null), undefined, null],
])('A file %s counts as taken out: %s', (_, expected, entry, agreed, local) => {
  expect(isTakenOut(entry, agreed, local)).toBe(expected);
});

describe('The base of the target', () => {
  it.each([
    ['says that both sides are equal', target(A, { local: B }), own(C, B), A, target(A, { local: A })],
    [
      'says so if the work branch has its text, with other line endings in Dot',
      target(A),
      own(A, A, B),
      B,
      target(A, { local: B }),
    ],
    [
      'says that neither has the file',
      target(null, { local: B }),
      own(B, B),
      null,
      target(null, { local: null }),
    ],
    ['stays where it says so already', target(A), own(A, B), A, null],
    ['stays where the sides differ', target(A), own(A, A), B, null],
    ['stays where the work branch has another text', target(A), own(A, C, B), B, null],
    ['stays where only Dot has the file', target(null), own(null, null, B), B, null],
    ['stays while a deletion waits', target(null, { local: B, deletionWaits: true }), own(B, B), null, null],
    ['stays where there is none', undefined, own(null, A), A, null],
  ] as const)('%s', (_, base, entry, local, expected) => {
    expect(equalOnTarget({ own: entry, target: base, local, held: false })).toEqual(expected);
  });

  it('stays if Dot cannot take the text', () => {
    expect(equalOnTarget({ own: own(C, A, B), target: target(A), local: B, held: true })).toBeNull();
  });
});

describe('A file that moved on the target', () => {
  const moved = (path: string, remote: string | null) => [
    { path, own: own(null, null), target: target(remote), local: null, held: false },
  ];
  it.each([
    ['a file above a proposed one', ['d/e.md'], moved('d', A), true],
    ['a file below a proposed one', ['d'], moved('d/e.md', A), true],
    ['a file that went', ['d'], moved('d/e.md', null), false],
    ['another file', ['d'], moved('de', A), false],
  ] as const)('clashes or not: %s', (_, proposed, paths, expected) => {
    expect(clash(proposed, paths)).toBe(expected);
  });
});
