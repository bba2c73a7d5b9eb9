import { FakeAct } from '@app/audit/testing';
import { SyncWorld } from '../support/sync-world';

const quota = (maxFiles: number, maxBytes = 1_000) => ({ quota: { maxBytes, maxFiles } });
const texts = (...names: string[]) => Object.fromEntries(names.map((name) => [`notes/${name}.md`, name]));

describe('a pull beyond the quota', () => {
  const waiting = async (world: SyncWorld) => [...(await world.quarantined()).keys()];

  it('takes new files while there is room, and says what keeps the others out', async () => {
    const world = await SyncWorld.configured({ gitlab: texts('a', 'b', 'c', 'd'), settings: quota(2) });
    await world.sync();
    expect(await world.dot()).toEqual(texts('a', 'b'));
    expect((await world.quarantined()).get('notes/d.md')).toMatchObject({
      side: 'remote',
      reason: 'quota_exceeded',
      detail: expect.stringMatching(/2 files and 1,000 bytes.*delete files/),
    });
    expect(await world.lastRun('initial')).toMatchObject({
      status: 'succeeded',
      counts: { created: 2, quarantined: 2 },
    });
    expect(world.onGitLab()).toEqual(texts('a', 'b', 'c', 'd'));
  });

  it('takes updates and deletions whatever they do to the quota', async () => {
    const world = await SyncWorld.synced(texts('a', 'b'), quota(1, 4));
    await world.push({ 'notes/a.md': 'a text that is longer', 'notes/new.md': 'n' });
    await world.sync();
    expect(await world.dot()).toEqual({ 'notes/a.md': 'a text that is longer' });
    expect(await waiting(world)).toEqual(['notes/b.md', 'notes/new.md']);
  });

  it('sees a renamed file as one that needs no more room', async () => {
    const world = await SyncWorld.synced(texts('a', 'b'), quota(2));
    await world.push({ 'notes/b.md': null, 'notes/c.md': 'b' });
    await world.sync();
    expect(await world.dot()).toEqual({ ...texts('a'), 'notes/c.md': 'b' });
    expect(await waiting(world)).toEqual([]);
  });

  it('brings in waiting files once a deletion on GitLab made room', async () => {
    const world = await SyncWorld.synced(texts('a', 'b', 'c'), quota(2));
    expect(await waiting(world)).toEqual(['notes/c.md']);
    await world.push({ 'notes/a.md': null });
    await world.sync();
    expect(await world.dot()).toEqual(texts('b', 'c'));
    expect(await waiting(world)).toEqual([]);
    expect((await world.lastRun('pull')).status).toBe('succeeded');
  });

  it('brings in waiting files once a deletion in Dot made room, and deletes nothing on GitLab', async () => {
    const world = await SyncWorld.synced(texts('a', 'b', 'c', 'd'), quota(2));
    await world.edit({ 'notes/a.md': null });
    await world.sync();
    expect(await world.dot()).toEqual(texts('b', 'c'));
    expect(await waiting(world)).toEqual(['notes/d.md']);
    expect(world.onGitLab()).toEqual(texts('b', 'c', 'd'));
  });

  it('fetches waiting files only if they fit', async () => {
    const world = await SyncWorld.synced(
      { 'notes/a.md': 'a', 'notes/large.md': 'x'.repeat(50) },
      quota(9, 40),
    );
    expect(await waiting(world)).toEqual(['notes/large.md']);
    await world.push({ 'notes/a.md': 'b' });
    await world.sync();
    const idle = await SyncWorld.synced({ 'notes/a.md': 'a' }, quota(9, 40));
    await idle.push({ 'notes/a.md': 'b' });
    await idle.sync();
    expect(world.calls()).toBe(idle.calls());
  });

  it('forgets a file that waited and is gone', async () => {
    const world = await SyncWorld.synced(texts('a', 'b'), quota(1));
    await world.push({ 'notes/b.md': null });
    await world.sync();
    expect(await waiting(world)).toEqual([]);
    expect(await world.dot()).toEqual(texts('a'));
  });

  it('leaves a file deleted that Dot deleted, and keeps the text of GitLab', async () => {
    const world = await SyncWorld.synced(texts('a', 'b'), quota(2));
    await world.projects.update({ org: world.org, autoSync: false }, new FakeAct());
    await world.edit({ 'notes/b.md': null });
    await world.edit({ 'notes/new.md': 'n' });
    await world.push({ 'notes/b.md': 'edited later' });
    await world.sync();
    expect(await world.dot()).toEqual({ ...texts('a'), 'notes/new.md': 'n' });
    expect(await world.conflicts()).toMatchObject([{ path: 'notes/b.md', winner: 'local' }]);
  });

  it('is foreseen by the plan', async () => {
    const world = await SyncWorld.configured({ gitlab: texts('a', 'b'), settings: quota(1) });
    const { pull, quarantined } = await world.engine.plan.execute(world.org);
    expect(pull).toEqual([{ path: 'notes/a.md', op: 'create' }]);
    expect(quarantined).toEqual([
      { path: 'notes/b.md', reason: expect.stringMatching(/^quota_exceeded: no room/) },
    ]);
  });

  it('is decided again when an edit takes the room meanwhile', async () => {
    const world = await SyncWorld.synced(texts('a'), quota(2));
    await world.push({ 'notes/b.md': 'b' });
    const usage = world.store.usage.bind(world.store);
    let asked = false;
    world.store.usage = async (org) => {
      const before = await usage(org);
      if (!asked) {
        asked = true;
        await world.edit({ 'notes/mine.md': 'm' });
      }
      return before;
    };
    await world.sync();
    expect(await world.dot()).toEqual({ ...texts('a'), 'notes/mine.md': 'm' });
    expect(await waiting(world)).toEqual(['notes/b.md']);
  });
});
