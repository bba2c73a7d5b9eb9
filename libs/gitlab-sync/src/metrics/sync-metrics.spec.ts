import { Registry } from 'prom-client';
import { EventBus, orgId } from '@app/kernel';
import type { RotationEnded } from '@app/credentials';
import type { Backlog } from '@app/sync-engine';
import { GitLabSyncBus } from '../events/gitlab-sync.bus';
import { SyncMetrics } from './sync-metrics';

it('counts the tokens that renewed themselves, and those that could not, by what went wrong', async () => {
  const [metrics, events] = [new Registry(), new EventBus()];
  new SyncMetrics(metrics, new GitLabSyncBus(events), () => Promise.reject(new Error('no database')));
  for (const result of ['ok', 'token_lost', 'ok']) {
    const ended = { org: orgId('acme'), connectionId: '1', instanceUrl: 'https://gitlab.com', result };
    events.publish({ name: 'rotation.ended.v1', ...ended } as RotationEnded);
  }
  await events.settled();
  const text = await metrics.metrics();
  expect(text).toContain('token_rotations_total{result="ok"} 2');
  expect(text).toContain('token_rotations_total{result="token_lost"} 1');
});

it('shows unexpected failures from zero, so that an alert sees the first', async () => {
  const metrics = new Registry();
  new SyncMetrics(metrics, new GitLabSyncBus(new EventBus()), () => Promise.reject(new Error('no database')));
  for (const kind of ['initial', 'push', 'pull'])
    expect(await metrics.metrics()).toContain(
      `sync_runs_total{kind="${kind}",outcome="internal",retrying="true"} 0`,
    );
});

describe('while the database says nothing', () => {
  beforeEach(() => jest.useFakeTimers({ doNotFake: ['hrtime', 'nextTick', 'performance', 'setImmediate'] }));
  afterEach(() => jest.useRealTimers());

  it('the rest is returned after two seconds, without figures that come late', async () => {
    const [metrics, events] = [new Registry(), new EventBus()];
    let answer: (backlog: Backlog) => void = () => undefined;
    const backlog = () => new Promise<Backlog>((resolve) => (answer = resolve));
    new SyncMetrics(metrics, new GitLabSyncBus(events), backlog);
    const read = async () => {
      const text = metrics.metrics();
      await jest.advanceTimersByTimeAsync(2_000);
      return text;
    };
    expect(await read()).toContain('sync_commits_total 0');
    answer({ openRuns: 7 } as unknown as Backlog);
    expect(await read()).not.toContain('openRuns');
  });
});
