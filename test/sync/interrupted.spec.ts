import { FakeAct } from '@app/audit/testing';
import { SyncWorld } from '../support/sync-world';

const given = () => SyncWorld.synced({ 'notes/a.md': 'a' }, { pollSeconds: 0 });
/** The first wait before a text is inspected again. */
const FIRST_MS = 30_000;

/** Lets time pass until interrupted texts are inspected again. */
async function retry(world: SyncWorld): Promise<void> {
  const { inspectRetryAt } = await world.state();
  world.clock.advance(inspectRetryAt!.getTime() - world.clock.now().getTime());
  expect(await world.engine.sweeper.sweepOnce()).toBe(1);
  await world.sync();
}

const held = async (world: SyncWorld) =>
  Object.fromEntries([...(await world.quarantined())].map(([path, { reason }]) => [path, reason]));

describe('A text over whose inspection processes ended', () => {
  it.each(['notes/a.md', 'notes/b.md'])('comes in by itself later from GitLab: %s', async (path) => {
    const world = await given();
    await world.endedOver(path, 'theirs', 2);
    await world.push({ [path]: 'theirs', 'notes/c.md': 'c' });
    await world.endedOver(path, 'theirs', 1);
    await world.sync();
    expect(await held(world)).toEqual({ [path]: 'inspection_interrupted' });
    expect(await world.dot()).toEqual({ 'notes/a.md': 'a', 'notes/c.md': 'c' });
    await retry(world);
    expect(await held(world)).toEqual({});
    expect(await world.dot()).toEqual(world.onGitLab());
    expect(await world.conflicts()).toEqual([]);
    expect(await world.state()).toMatchObject({ inspectRetryAt: null });
  });

  it('waits longer if it is interrupted again, and each of several is inspected', async () => {
    const world = await given();
    await world.push({ 'notes/b.md': 'b', 'notes/c.md': 'c' });
    await world.endedOver('notes/b.md', 'b', 2);
    await world.endedOver('notes/c.md', 'c', 3);
    await world.sync();
    expect(Object.keys(await held(world))).toEqual(['notes/b.md', 'notes/c.md']);
    await retry(world);
    expect(Object.keys(await held(world))).toEqual(['notes/c.md']);
    await retry(world);
    expect(await held(world)).toEqual({});
    expect(await world.dot()).toEqual(world.onGitLab());
  });

  it('lets an edit of the same file win or lose like any other', async () => {
    const world = await given();
    await world.push({ 'notes/a.md': 'theirs' });
    await world.endedOver('notes/a.md', 'theirs', 2);
    await world.sync();
    await world.endedOver('notes/a.md', 'theirs', 5);
    await world.edit({ 'notes/a.md': 'ours' });
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'ours' });
    expect(await world.dot()).toEqual({ 'notes/a.md': 'ours' });
    expect(await world.conflicts()).toHaveLength(1);
    expect(await held(world)).toEqual({});
  });

  it('is not asked for while it waits', async () => {
    const world = await given();
    await world.push({ 'notes/b.md': 'b' });
    await world.endedOver('notes/b.md', 'b', 2);
    await world.sync();
    world.clock.advance(FIRST_MS - 1);
    expect(await world.engine.sweeper.sweepOnce()).toBe(0);
  });

  it('is sent by itself later if it was made in Dot', async () => {
    const world = await given();
    await world.edit({ 'notes/b.md': 'b', 'notes/c.md': 'c' });
    await world.endedOver('notes/b.md', 'b', 2);
    await world.sync();
    expect(await held(world)).toEqual({ 'notes/b.md': 'inspection_interrupted' });
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'a', 'notes/c.md': 'c' });
    await retry(world);
    expect(await held(world)).toEqual({});
    expect(world.onGitLab()).toEqual(await world.dot());
  });

  it('is sent by itself later also without automatic pulls', async () => {
    const world = await given();
    await world.projects.update({ org: world.org, autoPull: false }, new FakeAct());
    await world.edit({ 'notes/b.md': 'b' });
    await world.endedOver('notes/b.md', 'b', 2);
    await world.sync();
    await retry(world);
    expect(await held(world)).toEqual({});
    expect(world.onGitLab()).toEqual(await world.dot());
  });

  it.each(['pull', 'push'] as const)(
    'is inspected without a wait when a person asks for a %s',
    async (kind) => {
      const world = await given();
      await world.push({ 'notes/b.md': 'b' });
      await world.edit({ 'notes/c.md': 'c' });
      await world.endedOver('notes/b.md', 'b', 9);
      await world.endedOver('notes/c.md', 'c', 9);
      await world.sync();
      expect(Object.keys(await held(world))).toEqual(['notes/b.md', 'notes/c.md']);
      await world.engine.request.byPerson(world.org, kind, new FakeAct());
      await world.sync();
      expect(await held(world)).toEqual({});
      expect(await world.dot()).toEqual(world.onGitLab());
    },
  );

  it('is forgotten once the file is gone', async () => {
    const world = await given();
    await world.push({ 'notes/b.md': 'b' });
    await world.endedOver('notes/b.md', 'b', 2);
    await world.sync();
    await world.push({ 'notes/b.md': null });
    await world.sync();
    expect(await held(world)).toEqual({});
    expect(await world.state()).toMatchObject({ inspectRetryAt: null });
  });
});
