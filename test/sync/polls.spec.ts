import { FakeAct } from '@app/audit/testing';
import { conflictBesideTheScope, Reviewer } from '../support/reviewer';
import { SyncWorld } from '../support/sync-world';

const SECOND = 1000;
const given = (more = {}) => SyncWorld.synced({ 'notes/a.md': 'a' }, { pollSeconds: 60, ...more });

const wait = async (world: SyncWorld) => {
  const { nextPollAt } = await world.state();
  return nextPollAt && (nextPollAt.getTime() - world.clock.now().getTime()) / SECOND;
};

/** Lets the time of the next poll come, and polls. */
async function poll(world: SyncWorld): Promise<void> {
  world.clock.advance((await wait(world))! * SECOND);
  expect(await world.engine.sweeper.sweepOnce()).toBe(1);
  await world.sync();
}

/** A webhook arrives that brings nothing new. */
async function echo({ engine, org }: SyncWorld): Promise<void> {
  const contexts = await engine.service.webhookContext([org]);
  await engine.service.pushEventsReceived(contexts, { changed: new Map(), echoes: new Set([org]) });
}

/** A push of a teammate for which no webhook arrives. */
const pushSilently = ({ gitlab, project }: SyncWorld, text: string) =>
  gitlab.git.push(project, 'main', { files: { 'notes/a.md': text } });

describe('A poll', () => {
  it.each([
    ['after the configured time', false, 0.5, 60],
    ['a fifth earlier at most', false, 0, 48],
    ['a fifth later at most', false, 1, 72],
    ['ten times later while webhooks arrive', true, 0.5, 600],
  ])('is due %s', async (_, hooked, random, seconds) => {
    const world = await given({ random: () => random });
    if (hooked) await echo(world);
    await poll(world);
    expect(await wait(world)).toBe(seconds);
    expect(world.calls()).toBe(1);
  });

  it('is never due if polling is off, nor before the first sync', async () => {
    const off = await given({ pollSeconds: 0 });
    expect(await wait(off)).toBeNull();
    const early = await SyncWorld.configured({
      gitlab: { 'notes/a.md': 'a' },
      settings: { pollSeconds: 60 },
    });
    expect(await wait(early)).toBeNull();
  });

  it.each<[string, object, () => Promise<SyncWorld>]>([
    ['before its time', {}, given],
    ['if polling is off', { nextPollAt: null }, () => given({ pollSeconds: 0 })],
  ])('is not made by a wake-up %s', async (_, state, arrange) => {
    const world = await arrange();
    await world.engine.states.save(world.org, state);
    for (const { id } of await world.engine.runs.open(world.org))
      await world.engine.answer.cancel(world.org, id, new FakeAct());
    pushSilently(world, 'b');
    world.wakeQueue.wake(world.org);
    world.gitlab.calls.reset();
    await world.engine.processOrg.execute(world.org);
    expect(world.calls()).toBe(0);
  });

  it('finds a commit, and reports once that webhooks no longer arrive', async () => {
    const world = await given();
    const silent: unknown[] = [];
    world.events.on('webhook.silent.v1', ({ org }) => void silent.push(org));
    await echo(world);
    pushSilently(world, 'b');
    await poll(world);
    expect(await world.lastRun('pull')).toMatchObject({ trigger: 'poll', status: 'succeeded' });
    expect(await world.dot()).toEqual({ 'notes/a.md': 'b' });
    expect(await world.state()).toMatchObject({ webhookSeenAt: null });
    pushSilently(world, 'c');
    await poll(world);
    expect(await world.dot()).toEqual({ 'notes/a.md': 'c' });
    expect(silent).toEqual([world.org]);
  });

  it('does not blame webhooks for commits that a person pulls by hand', async () => {
    const world = await given();
    const silent: unknown[] = [];
    world.events.on('webhook.silent.v1', ({ org }) => void silent.push(org));
    await world.projects.update({ org: world.org, autoPull: false }, new FakeAct());
    await echo(world);
    const { webhookSeenAt } = await world.state();
    pushSilently(world, 'b');
    await poll(world);
    expect(await world.state()).toMatchObject({ webhookSeenAt });
    expect(silent).toEqual([]);
  });

  it('trusts webhooks as long as it finds nothing', async () => {
    const world = await given();
    await echo(world);
    const { webhookSeenAt } = await world.state();
    await poll(world);
    expect(webhookSeenAt).not.toBeNull();
    expect(await world.state()).toMatchObject({ webhookSeenAt });
  });

  it.each([
    ['pulls', { autoPull: false, autoSync: true }, ['push']],
    ['pushes', { autoPull: true, autoSync: false }, ['pull']],
    ['both', { autoPull: false, autoSync: false }, []],
  ])('requests nothing that the org does by hand: %s', async (_, update, kinds) => {
    const world = await given();
    await world.projects.update({ org: world.org, ...update }, new FakeAct());
    await world.sync();
    world.engine.react.onModuleDestroy();
    await world.edit({ 'notes/b.md': 'b' });
    pushSilently(world, 'c');
    const before = await runs(world);
    await poll(world);
    expect((await runs(world)).slice(0, -before.length)).toEqual(kinds.map((kind) => [kind, 'poll']));
  });

  it('requests no push while pushes are stopped', async () => {
    const world = await given();
    world.gitlab.protect(world.project, 'main', 0);
    await world.edit({ 'notes/a.md': 'b' });
    await world.sync();
    const before = (await runs(world)).length;
    world.wakeQueue.waiting.clear();
    const { nextPollAt, blocked } = await world.state();
    expect(blocked!.retryAt > nextPollAt!).toBe(true);
    await poll(world);
    expect(await runs(world)).toHaveLength(before);
  });

  it('ends the failure of a run that a person cancelled', async () => {
    const world = await given();
    const fault = { kind: 'rate-limit', style: 'application', retryAfterSeconds: 600 } as const;
    world.gitlab.calls.faults.add({ fault });
    await world.hear();
    await world.takeTurns(1);
    expect(await world.state()).toMatchObject({ failures: 1, failure: { code: 'rate_limited' } });
    await world.engine.answer.cancel(world.org, (await world.lastRun()).id, new FakeAct());
    await poll(world);
    expect(await world.state()).toMatchObject({ failures: 0, failure: null, nextAttemptAt: null });
  });

  it('that is refused stops the sync as a pull would', async () => {
    const world = await given();
    world.token.revoked = true;
    await poll(world);
    expect(await world.state()).toMatchObject({
      blocked: { code: 'token_rejected', scope: 'all', kinds: ['pull'], tries: 1 },
      failures: 0,
    });
    expect(await runs(world)).toEqual([['initial', 'configure']]);
  });

  it.each([
    ['no time', undefined, 60],
    ['a long time', 3_600, 3_600],
  ])(
    'that fails is repeated no earlier than the next would be: GitLab asks for %s',
    async (_, asked, least) => {
      const world = await given();
      world.gitlab.calls.faults.add({
        fault: { kind: 'server-error', status: 503, body: 'json', retryAfterSeconds: asked },
        times: Infinity,
      });
      await poll(world);
      expect(await wait(world)).toBeGreaterThanOrEqual(least);
      expect(await wait(world)).toBeLessThanOrEqual(least * 1.5);
      expect(await world.state()).toMatchObject({ blocked: null, failure: null });
    },
  );

  it('waits longer after failures of runs', async () => {
    const world = await given();
    await world.engine.states.save(world.org, { failures: 7 });
    world.gitlab.calls.faults.add({ fault: { kind: 'reset' }, times: Infinity });
    await poll(world);
    expect(await wait(world)).toBe(256);
  });

  it('reports a fault of Dot itself to its worker', async () => {
    const world = await given();
    world.clock.advance(60 * SECOND);
    world.gitlab.calls.before = () => {
      throw new TypeError('x is undefined');
    };
    await expect(world.engine.processOrg.execute(world.org)).rejects.toThrow('x is undefined');
  });

  it.each(['mergeRequest', 'branch'])(
    'requests nothing if GitLab does not answer to %s',
    async (operation) => {
      const { world } = await Reviewer.of({ 'notes/a.md': 'a' }, { pollSeconds: 60 });
      await world.edit({ 'notes/a.md': 'a1' });
      await world.sync();
      const before = await runs(world);
      const fault = { kind: 'server-error', status: 502, body: 'html' } as const;
      world.gitlab.calls.faults.add({ fault, on: operation, times: Infinity });
      await poll(world);
      expect(await runs(world)).toEqual(before);
      expect(await wait(world)).toBeGreaterThanOrEqual(60);
    },
  );

  it.each<[string, (reviewer: Reviewer) => unknown, object]>([
    [
      'a commit of a reviewer',
      ({ world }) => world.gitlab.reviewer.commit('ada/context', { 'notes/b.md': 'reviewed' }),
      { mergeRequest: { state: 'opened' } },
    ],
    [
      'a closed merge request',
      ({ world }) => world.gitlab.reviewer.close('ada/context'),
      { refusal: { how: 'closed' } },
    ],
    ['a conflict of the merge request', conflictBesideTheScope, { mergeRequest: { conflict: true } }],
    [
      'a deleted work branch',
      ({ world }) => world.gitlab.git.deleteBranch('ada/context', 'dot/context'),
      { refusal: { how: 'branch_deleted' } },
    ],
  ])('finds %s', async (_, happening, expected) => {
    const reviewer = await Reviewer.of({ 'notes/a.md': 'a' }, { pollSeconds: 60 });
    const { world } = reviewer;
    await world.edit({ 'notes/a.md': 'a1' });
    await world.sync();
    const quiet = await runs(world);
    await poll(world);
    expect(await runs(world)).toEqual(quiet);
    await happening(reviewer);
    const before = (await runs(world)).length;
    world.gitlab.jobs.settle();
    await poll(world);
    expect((await runs(world)).slice(0, -before)).toEqual([['pull', 'poll']]);
    expect((await world.state()).proposal).toMatchObject(expected);
  });
});

/** Newest first. */
async function runs({ engine, org }: SyncWorld) {
  const { items } = await engine.runs.list(org, { limit: 100 });
  return items.map(({ kind, trigger }) => [kind, trigger]);
}
