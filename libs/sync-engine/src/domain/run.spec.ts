import type { Commit } from '@app/gitlab';
import { orgId } from '@app/kernel';
import * as runs from './run';
import { NO_COUNTS } from './run-counts';

const NOW = new Date('2026-01-01T12:00:00Z');
const LATER = new Date('2026-01-01T12:05:00Z');
const ORG = orgId('acme');
const author = { name: 'Ada', email: 'ada@example.com' };
const commit = (id: string): Commit =>
  ({ id, message: `Title ${id}\n\nBody`, author, committedAt: NOW }) as Commit;
const pull = runs.newRun('r1', ORG, 'pull', 'webhook', NOW);
const push = runs.newRun('r2', ORG, 'push', 'auto', NOW);
const error: runs.RunError = { code: 'gitlab_unavailable', detail: 'later', retryAt: LATER };

describe('A new run', () => {
  it('waits, and has done nothing', () => {
    expect(pull).toEqual({
      ...{ id: 'r1', org: ORG, kind: 'pull', trigger: 'webhook', status: 'queued', createdAt: NOW },
      ...{
        startedAt: null,
        finishedAt: null,
        intent: null,
        progress: { done: 0, total: 0 },
        commits: [],
        took: [],
        traces: [],
      },
      counts: NO_COUNTS,
      ...{ apiCalls: 0, attempt: 0, error: null, confirmed: false, kept: false, head: null, title: null },
      ...{ author: null, requestedBy: null, announced: null, traces: [] },
    });
  });
});

describe('A run', () => {
  it.each<[string, runs.Run, Partial<runs.Run>]>([
    [
      'starts',
      runs.started({ ...pull, error }, NOW),
      { status: 'running', startedAt: NOW, attempt: 1, error: null },
    ],
    ['starts again', runs.started(runs.started(pull, NOW), LATER), { startedAt: NOW, attempt: 2 }],
    [
      'succeeds',
      runs.ended(pull, 'succeeded', LATER),
      { status: 'succeeded', finishedAt: LATER, error: null },
    ],
    ['fails', runs.ended(pull, 'failed', LATER, error), { status: 'failed', error }],
    ['returns to the queue', runs.putBack(runs.started(pull, NOW)), { status: 'queued', error: null }],
    ['returns with an error', runs.putBack(pull, error), { status: 'queued', error }],
    [
      'asks a person',
      runs.awaitingConfirmation({ ...pull, confirmed: true, kept: true }, error),
      { status: 'awaiting_confirmation', confirmed: false, kept: false, error },
    ],
    [
      'counts',
      runs.counted(runs.counted(pull, { created: 2, deleted: 1 }), { created: 3 }),
      { counts: { ...pull.counts, created: 5, deleted: 1 } },
    ],
    ['gets on', runs.progressed(runs.progressed(pull, 2, 5), 1, 5), { progress: { done: 3, total: 5 } }],
    ['gets further than expected', runs.progressed(pull, 7, 5), { progress: { done: 7, total: 7 } }],
  ])('%s', (_, run, expected) => expect(run).toMatchObject(expected));

  it.each<[runs.RunStatus, boolean]>([
    ['queued', false],
    ['running', false],
    ['awaiting_confirmation', false],
    ['succeeded', true],
    ['failed', true],
    ['cancelled', true],
  ])('that is %s is over: %s', (status, over) => expect(runs.isOver({ status })).toBe(over));

  it.each<[string, Partial<runs.Run>, string | null, boolean]>([
    ['both sides have the commit', { announced: 'c1' }, 'c1', true],
    ['another commit was announced', { announced: 'c2' }, 'c1', false],
    ['no commit was announced', {}, null, false],
    ['it took the commit itself', { announced: 'c1', head: 'c1' }, 'c1', false],
    ['it was confirmed', { announced: 'c1', confirmed: true }, 'c1', false],
    ['a person keeps the files', { announced: 'c1', kept: true }, 'c1', false],
    ['it pushes', { announced: 'c1', kind: 'push' }, 'c1', false],
  ])('need not ask GitLab if %s', (_, more, base, there) => {
    expect(runs.isThere({ ...pull, ...more }, base)).toBe(there);
  });
});

describe('The head that a run came to', () => {
  const head = commit('c3');
  const noted = { head: 'c3', title: 'Title c3', author };
  const many = Array.from({ length: 250 }, (_, nth) => commit(`m${nth}`));

  it.each<[string, runs.Run, Parameters<typeof runs.cameTo>[1], string | null, Partial<runs.Run>]>([
    [
      'is unknown',
      { ...pull, head: 'c0' },
      { head: null, commits: [] },
      'c0',
      { head: 'c0', title: null, took: [] },
    ],
    ['is the base', pull, { head, commits: [] }, 'c3', { head: 'c3', title: null, took: [] }],
    ['is its own commit', push, { head, commits: [head] }, 'c1', { head: 'c3', title: null, took: [] }],
    [
      'has commits before it',
      pull,
      { head, commits: [commit('c2'), head] },
      'c1',
      { ...noted, took: ['c2', 'c3'] },
    ],
    ['has no known commits', pull, { head, commits: [] }, 'c1', { ...noted, took: ['c3'] }],
    [
      'adds to the earlier ones',
      { ...pull, took: ['c2'] },
      { head, commits: [commit('c2'), head] },
      'c1',
      { took: ['c2', 'c3'] },
    ],
    [
      'is the first one',
      { ...pull, kind: 'initial' },
      { head, commits: [head] },
      null,
      { ...noted, took: [] },
    ],
  ])('%s', (_, run, arrival, base, expected) => {
    expect(runs.cameTo(run, arrival, base)).toMatchObject(expected);
  });

  it('has at most two hundred commits, the newest', () => {
    const { took } = runs.cameTo(pull, { head, commits: many }, null);
    expect([took.length, took[0], took.at(-1)]).toEqual([200, 'm50', 'm249']);
  });

  it('has a title of one line, and not too long', () => {
    expect(runs.titleOf('a b\nc\nd')).toBe('a b');
    expect(runs.titleOf('x'.repeat(300))).toBe('x'.repeat(200));
  });
});
