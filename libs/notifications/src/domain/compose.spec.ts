import { orgId } from '@app/kernel';
import { compose, MOST_PER_HOUR, type Circumstances, type WaitingNotice } from './compose';
import type { Notice } from './notice';

const NOON = new Date('2026-01-01T12:00:00Z');
const org = orgId('acme');
const minutes = (count: number) => new Date(NOON.getTime() + count * 60_000);

const stop = (runId: string): Notice => ({
  kind: 'needs_person',
  org,
  code: 'project_gone',
  detail: 'do y',
  runId,
});
const works: Notice = {
  ...{ kind: 'works_again', org, runId: 'r', code: 'project_gone' },
  ...{ stoppedAt: NOON.toISOString(), resumedAt: NOON.toISOString() },
};
const expires: Notice = { kind: 'token_expires', org, expiresAt: NOON.toISOString(), days: 7 };
const conflict = (path: string): Notice => ({ kind: 'conflicts_kept', org, files: 1, paths: [path] });
const out = (path: string): Notice => ({
  ...{ kind: 'files_kept_out', org, files: 1 },
  list: [{ path, reason: 'too_big', detail: 'too big' }],
});
const back = (path: string): Notice => ({ kind: 'files_let_in', org, files: 1, paths: [path] });

const waiting = (...notices: Notice[]): WaitingNotice[] =>
  notices.map((notice, index) => ({ position: String(index + 1), at: NOON, notice }));

const composed = (notices: Notice[], given: Partial<Circumstances> = {}) =>
  compose(waiting(...notices), {
    ...{ now: NOON, sent: [], atRest: true, mostPerHour: MOST_PER_HOUR },
    ...given,
  });

const sent = (count: number, at = minutes(-10)) =>
  Array.from({ length: count }, () => ({ at, kind: 'needs_person' as const }));

const summary = (notices: Notice[], given: Partial<Circumstances> = {}) => {
  const { drafts, taken, again } = composed(notices, given);
  const told = drafts.map(({ notice, others }) => [
    notice.kind,
    'files' in notice ? notice.files : 1,
    others,
  ]);
  return { told, taken: [...taken].sort(), again };
};

it.each<[string, Notice[], Partial<Circumstances>, ReturnType<typeof summary>]>([
  ['nothing', [], {}, { told: [], taken: [], again: null }],
  [
    'each change of state in a message of its own',
    [stop('1'), works, expires],
    {},
    {
      told: [
        ['needs_person', 1, {}],
        ['works_again', 1, {}],
        ['token_expires', 1, {}],
      ],
      taken: ['1', '2', '3'],
      again: null,
    },
  ],
  [
    'all conflicts together, each path once',
    [conflict('a'), conflict('b'), conflict('a')],
    {},
    { told: [['conflicts_kept', 2, {}]], taken: ['1', '2', '3'], again: null },
  ],
  [
    'no conflicts in the hour after conflicts',
    [conflict('a'), expires],
    { sent: [{ at: minutes(-20), kind: 'conflicts_kept' }] },
    { told: [['token_expires', 1, {}]], taken: ['2'], again: minutes(40) },
  ],
  [
    'files that are kept out and files that are no longer',
    [out('a'), back('b'), out('c')],
    {},
    {
      told: [
        ['files_kept_out', 2, {}],
        ['files_let_in', 1, {}],
      ],
      taken: ['1', '2', '3'],
      again: null,
    },
  ],
  [
    'nothing of a file that is as it was',
    [out('a'), back('a'), back('b'), out('b')],
    {},
    { told: [], taken: ['1', '2', '3', '4'], again: null },
  ],
  [
    'no files while the sync is under way',
    [out('a'), stop('1')],
    { atRest: false },
    { told: [['needs_person', 1, {}]], taken: ['2'], again: new Date(NOON.getTime() + 10_000) },
  ],
  [
    'files after a while although the sync is under way',
    [out('a')],
    { atRest: false, now: minutes(15) },
    { told: [['files_kept_out', 1, {}]], taken: ['1'], again: null },
  ],
  ['no more than ten an hour', [stop('1')], { sent: sent(10) }, { told: [], taken: [], again: minutes(50) }],
  [
    'how the sync stands in the last message of the hour, and the number of the others',
    [stop('1'), works, expires, stop('2'), expires],
    { sent: sent(8) },
    {
      told: [
        ['needs_person', 1, {}],
        ['needs_person', 1, { works_again: 1, token_expires: 2 }],
      ],
      taken: ['1', '2', '3', '4', '5'],
      again: null,
    },
  ],
  [
    'the newest in the last message, if nothing is about how the sync stands',
    [expires, back('a')],
    { sent: sent(9) },
    { told: [['files_let_in', 1, { token_expires: 1 }]], taken: ['1', '2'], again: null },
  ],
  [
    'everything to a host',
    Array.from({ length: 12 }, () => expires),
    { sent: sent(40), mostPerHour: Infinity },
    {
      told: Array.from({ length: 12 }, () => ['token_expires', 1, {}]) as never,
      taken: Array.from({ length: 12 }, (_, index) => String(index + 1)).sort(),
      again: null,
    },
  ],
])('composes messages with %s', (_, notices, given, expected) => {
  expect(summary(notices, given)).toEqual(expected);
});

it('lists twenty of many files and counts all', () => {
  const paths = Array.from({ length: 30 }, (_, index) => `notes/${index}.md`);
  const { drafts } = composed(paths.map(conflict));
  expect(drafts[0].notice).toMatchObject({ files: 30, paths: paths.slice(0, 20) });
});
