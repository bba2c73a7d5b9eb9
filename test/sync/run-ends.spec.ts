import { FakeAct } from '@app/audit/testing';
import type { DomainEvent } from '@app/kernel';
import type { SyncFailed, SyncFinished } from '@app/sync-engine';
import { SyncWorld } from '../support/sync-world';

/** Put together here, so that no scanner takes this file for a leak. */
const LEAK = `Use ${['glpat', 'a1B2c3D4e5F6g7H8i9J0'].join('-')}\n`;
const RESET = { kind: 'reset' } as const;
const many = (n: number) =>
  Object.fromEntries(Array.from({ length: n }, (_, i) => [`notes/${i}.md`, `${i}`]));
const nothing = (n: number) => Object.fromEntries(Object.keys(many(n)).map((path) => [path, null]));

/** Collects the events that a host reads later, and those that are published in this process. */
function givenListener(world: SyncWorld): { stored: DomainEvent[]; published: DomainEvent[] } {
  const [stored, published]: DomainEvent[][] = [[], []];
  world.events.storeIn({ add: async (event) => void stored.push(event) });
  for (const name of ['sync.finished.v1', 'sync.failed.v1'])
    world.events.on(name, (event) => void published.push(event));
  return { stored, published };
}

describe('The end of a run', () => {
  it('is announced with its counts, commits, calls and times, as are the failures before', async () => {
    const world = await SyncWorld.synced();
    const { stored, published } = givenListener(world);
    world.gitlab.calls.faults.add({ fault: RESET, on: 'commit', times: 2 });
    await world.edit({ 'notes/a.md': 'b' });
    world.clock.advance(4_000);
    await world.sync();
    await world.events.settled();
    const run = await world.lastRun('push');
    const failed: SyncFailed = {
      ...{ name: 'sync.failed.v1', org: world.org, runId: run.id, kind: 'push' },
      ...{ code: 'gitlab_unavailable', detail: expect.stringContaining('reset') as string, retrying: true },
    };
    const finished: SyncFinished = {
      ...{ name: 'sync.finished.v1', org: world.org, runId: run.id, kind: 'push', status: 'succeeded' },
      counts: { created: 0, updated: 1, deleted: 0, unchanged: 0, conflicts: 0, quarantined: 0, putBack: 0 },
      ...{ commits: [world.log()[0].id], apiCalls: run.apiCalls, waitedMs: 4_000 },
      tookMs: run.finishedAt!.getTime() - run.startedAt!.getTime(),
    };
    expect(published).toEqual([failed, failed, finished]);
    expect(stored.filter(({ name }) => name.startsWith('sync.'))).toEqual(published);
    expect(finished.tookMs).toBeGreaterThan(1_000);
    expect(await world.state()).toMatchObject({ inFlight: null, failure: null, failures: 0 });
  });

  it('announces a stop as one that needs a person, once', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a' }, { pollSeconds: 0 });
    const { stored, published } = givenListener(world);
    world.gitlab.protect(world.project, 'main', 0);
    await world.edit({ 'notes/a.md': 'b' });
    await world.sync();
    for (let tries = 0; tries < 2; tries++) {
      world.clock.advance((await world.state()).blocked!.retryAt.getTime() - world.clock.now().getTime());
      await world.engine.sweeper.sweepOnce();
      await world.sync();
    }
    await world.events.settled();
    expect(published).toMatchObject([{ name: 'sync.failed.v1', code: 'branch_protected', retrying: false }]);
    expect(stored.filter(({ name }) => name.startsWith('sync.'))).toEqual(published);
    expect((await world.state()).inFlight).toBeNull();
  });

  it('leaves the other queued runs as they are', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
    await world.push({ 'notes/a.md': 'theirs' });
    await world.edit({ 'notes/b.md': 'ours' });
    const queued = await world.lastRun('push');
    await world.sync();
    expect(await world.engine.runs.find(world.org, queued.id)).toMatchObject({
      ...{ status: 'succeeded', attempt: 1, commits: [world.log()[0].id] },
    });
  });

  it('asks about deletions that a push found', async () => {
    const world = await SyncWorld.synced(many(20), { pollSeconds: 0 });
    const author = { name: 'Grace', email: 'grace@example.com' };
    world.gitlab.git.push('ada/context', 'main', { files: nothing(15), author });
    await world.edit({ 'notes/19.md': 'by Ada' });
    await world.sync();
    expect(await world.lastRun('push')).toMatchObject({ status: 'succeeded' });
    const asking = await world.lastRun('pull');
    expect(asking).toMatchObject({ status: 'awaiting_confirmation', trigger: 'auto' });
    expect((await world.state()).question?.runId).toBe(asking.id);
    expect(Object.keys(await world.dot())).toHaveLength(20);
  });

  it.each([true, false])(
    'of a pull requests a push that checks held files again, if auto-sync is on: %s',
    async (autoSync) => {
      const world = await SyncWorld.synced({ 'notes/a.md': 'a' }, { pollSeconds: 0 });
      await world.edit({ 'notes/leak.md': LEAK });
      await world.sync();
      await world.projects.update({ org: world.org, autoSync }, new FakeAct());
      await world.events.settled();
      await world.sync();
      const pushes = async () =>
        (await world.engine.runs.list(world.org, { limit: 50 })).items.filter(({ kind }) => kind === 'push');
      const before = await pushes();
      await world.push({ 'notes/a.md': 'theirs' });
      await world.sync();
      const after = await pushes();
      expect(after).toHaveLength(before.length + (autoSync ? 1 : 0));
      if (autoSync) expect(after[0]).toMatchObject({ trigger: 'auto', status: 'succeeded', commits: [] });
      expect([...(await world.quarantined()).keys()]).toEqual(['notes/leak.md']);
    },
  );

  it('changes no poll if GitLab was not called: the announced commit is known', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a' }, { pollSeconds: 60 });
    const { nextPollAt } = await world.state();
    world.clock.advance(10_000);
    const head = world.log()[0].id;
    await world.engine.request.executeAll([world.org], 'pull', 'webhook', new Map([[world.org, head]]));
    await world.sync();
    expect(world.calls()).toBe(0);
    expect(await world.lastRun('pull')).toMatchObject({ status: 'succeeded', apiCalls: 0 });
    expect((await world.state()).nextPollAt).toEqual(nextPollAt);
  });
});
