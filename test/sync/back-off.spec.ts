import { FakeAct } from '@app/audit/testing';
import { SyncWorld } from '../support/sync-world';

describe('An org in back-off', () => {
  const due = (world: SyncWorld) => world.engine.states.due(world.clock.now(), 10);

  it('is not woken before its next attempt, also if a poll was due in the meantime', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a' });
    world.gitlab.calls.faults.add({
      fault: { kind: 'rate-limit', style: 'application', retryAfterSeconds: 3600 },
    });
    await world.edit({ 'notes/a.md': 'b' });
    await world.takeTurns(1);
    const { failure, nextAttemptAt } = await world.state();
    expect(failure).toMatchObject({ code: 'rate_limited', by: 'gitlab', retryAt: nextAttemptAt });

    world.clock.advance(3_599_000);
    expect(await due(world)).toEqual([]);
    world.clock.advance(1_000);
    expect(await due(world)).toEqual([world.org]);
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'b' });
  });

  it.each(['push', 'pull'] as const)('is tried without delay when a person asks for a %s', async (kind) => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a' });
    const fault = { kind: 'rate-limit', style: 'application', retryAfterSeconds: 3600 } as const;
    world.gitlab.calls.faults.add({ fault });
    await world.edit({ 'notes/a.md': 'b' });
    await world.takeTurns(1);
    expect((await world.state()).nextAttemptAt).not.toBeNull();
    const asked = world.clock.now();
    await world.engine.request.byPerson(world.org, kind, new FakeAct());
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'b' });
    expect(world.clock.now().getTime() - asked.getTime()).toBeLessThan(60_000);
  });
});

describe('An org whose GitLab asks for no time, over and over', () => {
  const NO_TIME = { kind: 'server-error', status: 503, body: 'json', retryAfterSeconds: 0 } as const;

  it('backs off anyway, run by run', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a' });
    world.gitlab.calls.faults.add({ fault: NO_TIME, times: Infinity });
    await world.edit({ 'notes/a.md': 'b' });
    const begun = world.clock.now().getTime();
    await world.takeTurns(9);
    expect((await world.state()).failures).toBe(9);
    expect(world.clock.now().getTime() - begun).toBeGreaterThan(130_000);
  });

  it('is polled no more often than otherwise', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a' }, { pollSeconds: 60 });
    world.clock.advance(3_600_000);
    world.gitlab.calls.faults.add({ fault: NO_TIME, times: Infinity });
    world.wakeQueue.wake(world.org);
    await world.takeTurns(1);
    const { nextPollAt } = await world.state();
    expect(nextPollAt!.getTime() - world.clock.now().getTime()).toBeGreaterThanOrEqual(60_000);
  });
});

describe('While the key that seals the token is missing', () => {
  it('waiting work is tried ever more rarely and the status names the next step; it continues once the key is back', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a' });
    const bringBack = world.keys.forget(world.keys.current().id);
    await world.edit({ 'notes/a.md': 'b' });
    await world.takeTurns(8);
    const { failures, failure, blocked } = await world.state();
    expect({ failures, failure, blocked }).toEqual({
      failures: 8,
      failure: {
        code: 'vault_key_unknown',
        detail: expect.stringContaining('SECRETS_KEYS'),
        retryAt: expect.any(Date),
      },
      blocked: null,
    });
    expect(await world.engine.states.due(world.clock.now(), 10)).toEqual([]);
    expect(world.calls()).toBe(0);

    bringBack();
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'b' });
    expect(await world.state()).toMatchObject({ failures: 0, failure: null, nextAttemptAt: null });
  });

  it('an org with nothing to do is not shown as failing', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a' });
    world.clock.advance(24 * 3_600_000);
    const bringBack = world.keys.forget(world.keys.current().id);
    world.wakeQueue.wake(world.org);
    await world.takeTurns(1);
    expect(await world.state()).toMatchObject({ failure: null, failures: 1 });

    bringBack();
    world.clock.advance(3_600_000);
    await world.push({ 'notes/a.md': 'b' });
    await world.sync();
    expect(await world.dot()).toEqual({ 'notes/a.md': 'b' });
  });
});
