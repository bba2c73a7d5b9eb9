import { FakeAct } from '@app/audit/testing';
import { meanwhile } from '../support/meanwhile';
import { SyncWorld } from '../support/sync-world';

const LEASE_MS = 30_000;
const given = () => SyncWorld.synced({ 'notes/a.md': 'a' }, { leaseMs: LEASE_MS, pollSeconds: 60 });
const leases = ({ tables }: SyncWorld) =>
  tables.table<{ fence: number; owner: string | null; until: number }>('sync_leases');
const settled = () => new Promise(setImmediate);

/** Another worker takes over, as after a pause of this one. Returns how it gives the lease back. */
async function takeOver(world: SyncWorld): Promise<() => Promise<void>> {
  const lease = leases(world).get(world.org)!;
  const fence = lease.fence + 1;
  const set = (owner: string | null, until: number) =>
    world.tables.run(async () => void leases(world).set(world.org, { fence, owner, until }));
  await set('another', Infinity);
  return () => set(null, 0);
}

describe('A worker', () => {
  let world: SyncWorld;
  const process = (stopping?: AbortSignal) => world.engine.processOrg.execute(world.org, stopping);
  beforeEach(async () => {
    world = await given();
    await world.edit({ 'notes/a.md': 'b' });
  });

  it('does nothing at an org that another worker holds, and asks for no wake-up', async () => {
    const returnLease = await takeOver(world);
    const before = await world.state();
    expect(await process()).toBeNull();
    expect(world.calls()).toBe(0);
    expect(await world.state()).toEqual(before);
    await returnLease();
    expect(await process()).toBeNull();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'b' });
    expect(leases(world).get(world.org)).toMatchObject({ owner: null });
  });

  it('records nothing once another worker has taken over, which finds the commit', async () => {
    let returnLease = async () => undefined as void;
    meanwhile(world, 'after', 'commit', async () => (returnLease = await takeOver(world)));
    expect(await process()).toBe(0);
    expect(leases(world).get(world.org)).toMatchObject({ owner: 'another' });
    expect(await world.lastRun('push')).toMatchObject({ status: 'running', commits: [] });
    expect(await world.state()).toMatchObject({ failure: null, failures: 0, blocked: null });
    await returnLease();
    await world.sync();
    expect(world.log()).toHaveLength(2);
    expect(await world.lastRun('push')).toMatchObject({ status: 'succeeded', commits: [world.log()[0].id] });
  });

  it('notices a lost lease when it renews it', async () => {
    meanwhile(world, 'before', 'commit', async () => {
      await takeOver(world);
      world.clock.advance(LEASE_MS / 3);
      await settled();
    });
    await process();
    expect(await world.lastRun('push')).toMatchObject({ status: 'running', commits: [] });
    expect(await world.state()).toMatchObject({ failures: 0, blocked: null });
  });

  it('renews its lease while a call takes long', async () => {
    const left: number[] = [];
    meanwhile(world, 'before', 'commit', async () => {
      for (let third = 0; third < 6; third++) {
        world.clock.advance(LEASE_MS / 3);
        await settled();
        left.push(leases(world).get(world.org)!.until - world.clock.now().getTime());
      }
    });
    await process();
    expect(left).toEqual(Array(6).fill(LEASE_MS));
    expect(await world.lastRun('push')).toMatchObject({ status: 'succeeded', attempt: 1 });
  });

  it('goes on renewing after the database was unavailable for a moment', async () => {
    let left = 0;
    meanwhile(world, 'before', 'commit', async () => {
      world.tables.givenUnavailable(true);
      world.clock.advance(LEASE_MS / 3);
      await settled();
      world.tables.givenUnavailable(false);
      world.clock.advance(LEASE_MS / 3);
      await settled();
      left = leases(world).get(world.org)!.until - world.clock.now().getTime();
    });
    await process();
    expect(left).toBe(LEASE_MS);
    expect(await world.lastRun('push')).toMatchObject({ status: 'succeeded', attempt: 1 });
  });

  it.each([
    ['before it begins', true],
    ['in the middle of a commit', false],
  ])('leaves its run to the next one when it is stopped %s', async (_, early) => {
    const stopping = new AbortController();
    if (early) stopping.abort();
    else
      meanwhile(world, 'after', 'commit', () => {
        stopping.abort();
        throw new Error('the connection is cut');
      });
    await process(stopping.signal);
    expect(leases(world).get(world.org)).toMatchObject({ owner: null });
    expect(await world.state()).toMatchObject({ failure: null, failures: 0, blocked: null });
    await world.sync();
    expect(world.log()).toHaveLength(2);
    expect(await world.lastRun('push')).toMatchObject({ status: 'succeeded', commits: [world.log()[0].id] });
  });

  it('reports that the database is unavailable, and holds nothing afterwards', async () => {
    world.tables.givenUnavailable(true);
    await expect(process()).rejects.toMatchObject({ code: 'database_unavailable' });
    world.tables.givenUnavailable(false);
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'b' });
  });

  it.each<[string, (world: SyncWorld) => Promise<unknown>]>([
    ['disconnected', ({ credentials, org }) => credentials.disconnect(org, new FakeAct())],
    ['without a project', ({ projects, org }) => projects.remove(org, new FakeAct())],
  ])('cancels the runs of an org that is %s, and polls it no more', async (_, end) => {
    await end(world);
    world.wakeQueue.wake(world.org);
    world.gitlab.calls.reset();
    await world.sync();
    expect(await world.lastRun('push')).toMatchObject({ status: 'cancelled', finishedAt: expect.any(Date) });
    expect(await world.engine.runs.open(world.org)).toEqual([]);
    expect(await world.state()).toMatchObject({ nextPollAt: null, nextAttemptAt: null });
    expect(world.calls()).toBe(0);
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'a' });
  });
});

describe('The rest of an org', () => {
  const rest = ({ engine, org }: SyncWorld) => engine.service.restOf(org);

  it('differs from work that waits', async () => {
    const world = await SyncWorld.configured({ gitlab: { 'notes/a.md': 'a' } });
    expect(await rest(world)).toMatchObject({ busy: true, troubled: false, lastSyncedAt: null });
    await world.sync();
    const { id } = await world.lastRun();
    const now = world.clock.now();
    expect(await rest(world)).toEqual({ busy: false, troubled: false, lastSyncedAt: now, lastRunId: id });
    expect(await world.engine.service.restOf('unknown' as typeof world.org)).toEqual({
      ...{ busy: false, troubled: false, lastSyncedAt: null, lastRunId: null },
    });
  });

  it.each<[string, boolean, (world: SyncWorld) => Promise<unknown>]>([
    [
      'stopped',
      false,
      async (world) => {
        world.gitlab.protect(world.project, 'main', 0);
        await world.edit({ 'notes/a.md': 'b' });
        await world.sync();
      },
    ],
    [
      'retrying',
      true,
      async (world) => {
        const fault = { kind: 'rate-limit', style: 'application', retryAfterSeconds: 60 } as const;
        world.gitlab.calls.faults.add({ fault });
        await world.edit({ 'notes/a.md': 'b' });
        await world.takeTurns(1);
      },
    ],
    [
      'asked about deletions',
      false,
      async (world) => {
        await world.push({ 'notes/a.md': null, 'notes/b.md': null });
        await world.sync();
      },
    ],
  ])('is troubled while it is %s', async (_, busy, arrange) => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
    await arrange(world);
    expect(await rest(world)).toMatchObject({ busy, troubled: true });
  });
});
