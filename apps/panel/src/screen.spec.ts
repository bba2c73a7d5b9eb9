import type { Run, Status } from './contract';
import { Speech } from './say';
import { screenOf, type ScreenInput } from './screen';

const AT = '2026-11-29T14:00:00Z';
const speech = new Speech('en');

const run = (more: Partial<Run> = {}): Run => ({
  id: 'r1',
  kind: 'pull',
  trigger: 'webhook',
  status: 'succeeded',
  createdAt: AT,
  startedAt: AT,
  finishedAt: AT,
  progress: { done: 3, total: 3 },
  counts: { created: 0, updated: 3, deleted: 0, unchanged: 0, conflicts: 0, quarantined: 0, putBack: 0 },
  commits: [],
  apiCalls: 2,
  attempt: 1,
  error: null,
  head: null,
  title: null,
  author: null,
  requestedBy: null,
  intent: null,
  ...more,
});

type Changes = Partial<Omit<Status, 'sync' | 'project'>> & {
  sync?: Partial<Status['sync']>;
  project?: Partial<NonNullable<Status['project']>>;
};

function configured({ sync, project, ...more }: Changes = {}): Status {
  return {
    state: 'configured',
    health: 'ok',
    connection: { instanceUrl: 'https://gitlab.com', username: 'ada' } as Status['connection'],
    project: { branch: 'main', webUrl: 'https://gitlab.com/acme/context', ...project } as Status['project'],
    webhook: { url: 'https://dot.example.com', lastDeliveryAt: AT } as Status['webhook'],
    sync: {
      baseCommit: 'c1',
      lastSyncedAt: AT,
      pendingPush: 0,
      pendingPull: false,
      conflicts: 0,
      quarantined: 0,
      lastRun: run(),
      nextAttemptAt: null,
      error: null,
      ...sync,
    },
    quota: { bytes: 1, maxBytes: 2, files: 3, maxFiles: 4 },
    files: { total: 5, inSync: 5, dotAhead: 0, gitlabAhead: 0, conflict: 0, quarantined: 0, proposed: 0 },
    viewer: { role: 'admin', name: 'Ada' },
    oldestPendingAt: null,
    pollSeconds: 120,
    ...more,
  };
}

function seen(status: Status | null, more: Partial<ScreenInput> = {}) {
  const { pill, ...screen } = screenOf({
    status,
    access: 'ok',
    admin: true,
    live: 'fresh',
    seenAt: AT,
    ...more,
  });
  const text = pill && speech.say(pill.text, { in: '{in}', time: '{time}', ...pill.values });
  return { ...screen, pill: pill && `${pill.icon} ${pill.tone}: ${text}`, line: pill?.line };
}

const none = { total: 0, inSync: 0, dotAhead: 0, gitlabAhead: 0, conflict: 0, quarantined: 0, proposed: 0 };
const stop = (code: string) => ({ code, detail: '' });
const initial = run({ kind: 'initial', status: 'running', progress: { done: 31, total: 49 } });

describe('From status to screen', () => {
  it.each<[string, Status | null, Partial<ScreenInput>, string[]]>([
    ['no answer yet', null, {}, ['skeleton']],
    ['signed out', configured(), { access: 'signed-out' }, ['signed-out']],
    ['another org', configured(), { access: 'forbidden' }, ['forbidden']],
    ['disconnected, admin', configured({ state: 'disconnected' }), {}, ['connect']],
    ['disconnected, member', configured({ state: 'disconnected' }), { admin: false }, ['not-connected']],
    ['connected, admin', configured({ state: 'connected' }), {}, ['account', 'configure']],
    ['connected, member', configured({ state: 'connected' }), { admin: false }, ['no-project']],
  ])('%s', (_, status, more, views) => {
    expect(seen(status, more)).toMatchObject({ views, pill: null });
  });

  it.each<[string, Changes, string, string[]]>([
    ['in sync', {}, 'check good: In sync', ['state', 'activity', 'settings']],
    [
      'in sync, with something worth a look',
      { sync: { conflicts: 1 } },
      'check good: In sync',
      ['state', 'worth', 'activity', 'settings'],
    ],
    [
      'a run asks about deletions',
      { health: 'attention', sync: { lastRun: run({ status: 'awaiting_confirmation' }) } },
      'pause wait: Waiting for you',
      ['deletions', 'state', 'activity', 'settings'],
    ],
    [
      'deletions answered with not now',
      {
        health: 'attention',
        sync: { lastRun: run({ status: 'cancelled' }), error: stop('mass_delete_unconfirmed') },
      },
      'pause wait: Waiting for you',
      ['deletions', 'state', 'activity', 'settings'],
    ],
    [
      'the token is about to expire',
      { health: 'attention' },
      'check good: In sync',
      ['notice', 'state', 'activity', 'settings'],
    ],
    [
      'pushes stopped',
      { health: 'attention', sync: { error: stop('branch_protected'), pendingPush: 3 } },
      'pause wait: Push stopped',
      ['banner', 'state', 'waiting', 'activity', 'settings'],
    ],
    [
      'everything stopped',
      { health: 'attention', sync: { error: stop('branch_gone') } },
      'pause wait: Stopped',
      ['banner', 'state', 'activity', 'settings'],
    ],
    [
      'a code that is new here',
      { health: 'attention', sync: { error: stop('brand_new') } },
      'pause wait: Stopped',
      ['banner', 'state', 'activity', 'settings'],
    ],
    [
      'GitLab refuses a file, and everything else goes on',
      { health: 'attention', sync: { error: stop('push_refused'), quarantined: 1, pendingPush: 1 } },
      'pause wait: 1 file held back',
      ['state', 'waiting', 'worth', 'activity', 'settings'],
    ],
    [
      'tried again by itself',
      { health: 'failing', sync: { error: stop('gitlab_unavailable'), nextAttemptAt: AT } },
      'clock busy: Trying again {in}',
      ['state', 'activity', 'settings'],
    ],
    [
      'first sync',
      { health: 'syncing', sync: { lastRun: initial }, webhook: null },
      'spin busy: First sync',
      ['state', 'settings'],
    ],
    [
      'first sync, before GitLab delivered',
      {
        health: 'syncing',
        sync: { lastRun: initial },
        webhook: { lastDeliveryAt: null } as Status['webhook'],
      },
      'spin busy: First sync',
      ['state', 'webhook', 'settings'],
    ],
    [
      'first sync, cancelled',
      { health: 'syncing', sync: { lastRun: { ...initial, status: 'cancelled' } } },
      'pause wait: First sync cancelled',
      ['state', 'settings'],
    ],
    [
      'pushing',
      {
        health: 'syncing',
        sync: { lastRun: run({ kind: 'push', status: 'running', progress: { done: 2, total: 5 } }) },
      },
      'spin busy: Pushing 2 of 5',
      ['state', 'activity', 'settings'],
    ],
    [
      'pulling, before it is known how much',
      { health: 'syncing', sync: { lastRun: run({ status: 'queued', progress: { done: 0, total: 0 } }) } },
      'spin busy: Pulling',
      ['state', 'activity', 'settings'],
    ],
    [
      'changes to push',
      { sync: { pendingPush: 3 } },
      'up neutral: 3 changes to push',
      ['state', 'waiting', 'activity', 'settings'],
    ],
    [
      'one change to push',
      { sync: { pendingPush: 1 } },
      'up neutral: 1 change to push',
      ['state', 'waiting', 'activity', 'settings'],
    ],
    [
      'changes to pull',
      { sync: { pendingPull: true } },
      'down neutral: Changes to pull',
      ['state', 'activity', 'settings'],
    ],
    [
      'a merge request is open',
      { project: { mergeRequest: { state: 'opened', changes: 3, webUrl: 'https://gitlab.com/x' } as never } },
      'fork neutral: 3 changes proposed',
      ['state', 'activity', 'settings'],
    ],
    [
      'a merge request is open, and later changes are not pushed',
      {
        project: { mergeRequest: { state: 'opened', changes: 3, webUrl: 'https://gitlab.com/x' } as never },
        sync: { pendingPush: 2 },
      },
      'up neutral: 2 changes to push',
      ['state', 'waiting', 'activity', 'settings'],
    ],
    [
      'a merge request leads elsewhere',
      {
        project: { mergeRequest: { state: 'retargeted', changes: 3, webUrl: '' } as never },
        files: { ...none, total: 5, inSync: 3, proposed: 2 },
      },
      'fork neutral: 2 changes proposed',
      ['state', 'activity', 'settings'],
    ],
    [
      'a person closed the merge request',
      { health: 'attention', sync: { error: stop('merge_request_closed') } },
      'pause wait: Waiting for you',
      ['closed', 'state', 'activity', 'settings'],
    ],
    [
      'a push for review waits for the end of a burst of edits',
      {
        health: 'syncing',
        project: { publish: 'merge_request' },
        sync: { pendingPush: 2, lastRun: run({ kind: 'push', trigger: 'auto', status: 'queued' }) },
      },
      'clock busy: 2 changes to push',
      ['state', 'waiting', 'activity', 'settings'],
    ],
    [
      'a push for review does not wait, because a person requested it',
      {
        health: 'syncing',
        project: { publish: 'merge_request' },
        sync: {
          pendingPush: 2,
          lastRun: run({
            ...{ kind: 'push', status: 'queued', requestedBy: 'Ada', progress: { done: 0, total: 0 } },
          }),
        },
      },
      'spin busy: Pushing',
      ['state', 'activity', 'settings'],
    ],
    [
      'a file is ahead, though nothing is pending',
      {
        files: { total: 5, inSync: 4, dotAhead: 0, gitlabAhead: 1, conflict: 0, quarantined: 0, proposed: 0 },
      },
      'down neutral: 1 file differs',
      ['state', 'activity', 'settings'],
    ],
  ])('%s', (_, changes, pill, views) => {
    expect(seen(configured(changes))).toMatchObject({ pill, views });
  });

  it('makes the button primary that brings both sides together', () => {
    expect(seen(configured({ sync: { pendingPush: 1 } })).primary).toBe('push');
    expect(seen(configured({ sync: { pendingPull: true } })).primary).toBe('pull');
    expect(seen(configured()).primary).toBeNull();
  });

  it('shows members the same without what only admins may change', () => {
    const stopped = configured({
      health: 'attention',
      sync: { error: stop('branch_protected'), pendingPush: 1 },
    });
    const { views, primary } = seen(stopped, { admin: false });
    expect(views).toEqual(['banner', 'state', 'waiting', 'activity']);
    expect(primary).toBeNull();
    const closed = configured({ health: 'attention', sync: { error: stop('merge_request_closed') } });
    expect(seen(closed, { admin: false })).toMatchObject({
      pill: 'pause wait: Waiting for an admin',
      views: ['closed', 'state', 'activity'],
    });
    const first = configured({
      health: 'syncing',
      sync: { lastRun: initial },
      webhook: { lastDeliveryAt: null } as Status['webhook'],
    });
    expect(seen(first, { admin: false }).views).toEqual(['state']);
  });

  it.each(['offline', 'stale'] as const)(
    'greys the pill and keeps the page while Dot does not answer: %s',
    (live) => {
      expect(seen(configured(), { live })).toMatchObject({
        pill: 'clock off: As of {time}',
        line: 'cut',
        views: ['state', 'activity', 'settings'],
      });
    },
  );

  it('says what goes on by itself below the rail, and nowhere else', () => {
    expect(seen(configured({ health: 'failing', sync: { error: stop('kept_moving') } })).quiet).toBe(true);
    expect(seen(configured()).quiet).toBe(false);
  });
});
