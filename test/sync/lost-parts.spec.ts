import { FakeAct } from '@app/audit/testing';
import type { FileSpec } from '@app/fake-gitlab';
import { SyncWorld } from '../support/sync-world';

const files = (count: number, text: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, nth) => [`notes/${100 + nth}.md`, `${text} ${nth}`]));

/** The next answer about `on` lacks a part of itself. */
const lose = (world: SyncWorld, on: string, part: number | string) =>
  world.gitlab.calls.faults.add({ fault: { kind: 'loses-part', part }, on });

describe('An answer of GitLab that lacks a part of itself', () => {
  it.each([0, 1, 2])('never makes a file count as in sync that was announced (%i)', async (part) => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a' });
    lose(world, 'readFiles', part);
    await world.push(files(3, 'theirs'));
    await world.takeTurns(1);
    const base = (await world.state()).baseCommit;
    expect(base).not.toBe(world.log()[0].id);
    expect((await world.lastRun('pull')).error).toMatchObject({
      code: 'gitlab_answer_invalid',
      detail: expect.stringContaining(`notes/${100 + part}.md`),
    });
    await world.sync();
    expect(await world.dot()).toEqual(world.onGitLab());
    expect((await world.state()).baseCommit).toBe(world.log()[0].id);
  });

  it('never costs a first sync a file', async () => {
    const world = await SyncWorld.configured({ gitlab: files(5, 'theirs') });
    lose(world, 'readFiles', 3);
    await world.sync();
    expect(await world.dot()).toEqual(files(5, 'theirs'));
  });

  it('never lets an edit replace an unseen text', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
    lose(world, 'readFiles', 0);
    await world.push({ 'notes/a.md': 'theirs' });
    await world.takeTurns(1);
    await world.edit({ 'notes/a.md': 'ours' });
    await world.sync();
    expect(await world.dot()).toEqual(world.onGitLab());
    expect(await world.conflicts()).toMatchObject([{ path: 'notes/a.md' }]);
  });

  it.each(['changesSince', 'tree', 'branch', 'commit', 'findCommit'])(
    'is asked for again: %s',
    async (on) => {
      const world = await SyncWorld.synced();
      for (const part of [0, 1]) lose(world, on, part);
      await world.push(files(2, 'theirs'));
      await world.edit({ 'notes/a.md': 'ours' });
      await world.sync();
      expect(await world.dot()).toEqual({ 'notes/a.md': 'ours', ...files(2, 'theirs') });
      expect(world.onGitLab()).toEqual(await world.dot());
      expect(world.log().filter(({ message }) => message.startsWith('Edit'))).toHaveLength(1);
    },
  );
});

describe('A tree that lacks files', () => {
  it('deletes nothing that GitLab still has by name', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a', 'notes/b.md': 'b', 'notes/c.md': 'c' });
    lose(world, 'tree', 'notes/b.md');
    await world.push({ 'notes/c.md': null });
    await world.projects.update({ org: world.org, directories: ['notes', 'reports'] }, new FakeAct());
    await world.sync();
    expect(await world.dot()).toEqual({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
  });
});

/** A gap that no answer shows: GitLab compared two commits and left out one of several paths. */
describe('A comparison that leaves out a change', () => {
  const aDayPasses = async (world: SyncWorld) => {
    world.clock.advance(25 * 3_600_000);
    await world.engine.sweeper.sweepOnce();
    await world.sync();
  };
  const overlooking = async (path: string, now: FileSpec | null) => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
    lose(world, 'changesSince', path);
    await world.push({ [path]: now, 'notes/b.md': 'seen' });
    await world.sync();
    expect((await world.state()).baseCommit).toBe(world.log()[0].id);
    expect(await world.dot()).toMatchObject({ 'notes/a.md': 'a', 'notes/b.md': 'seen' });
    return world;
  };

  it.each<[string, string, string | null, Record<string, string | null>]>([
    ['an edit', 'notes/a.md', 'theirs', { 'notes/a.md': 'ours' }],
    ['a deletion', 'notes/a.md', 'theirs', { 'notes/a.md': null }],
    ['a move', 'notes/a.md', 'theirs', { 'notes/a.md': null, 'notes/moved.md': 'a' }],
    ['a new file', 'notes/new.md', 'theirs', { 'notes/new.md': 'ours' }],
    ['an edit of what was deleted', 'notes/a.md', null, { 'notes/a.md': 'ours' }],
  ])('never lets %s replace an unseen version', async (_, path, theirs, edit) => {
    const world = await overlooking(path, theirs);
    world.clock.advance(60_000);
    await world.edit(edit);
    await world.sync();
    expect(await world.dot()).toEqual(world.onGitLab());
    expect(await world.conflicts()).toMatchObject([{ path }]);
  });

  it('never stops the pulls after a file was freed whose deletion it left out', async () => {
    const quota = { maxFiles: 2, maxBytes: 1_000_000 };
    const world = await SyncWorld.synced({ 'notes/a.md': 'a', 'notes/b.md': 'b' }, { quota });
    await world.push({ 'notes/waits.md': 'no room' });
    await world.sync();
    expect([...(await world.quarantined()).keys()]).toEqual(['notes/waits.md']);
    lose(world, 'changesSince', 'notes/waits.md');
    await world.push({ 'notes/waits.md': null, 'notes/b.md': null });
    await world.sync();
    await world.push({ 'notes/a.md': 'later' });
    await world.sync();
    expect(await world.lastRun('pull')).toMatchObject({ status: 'succeeded', error: null });
    expect(await world.dot()).toEqual({ 'notes/a.md': 'later' });
    const { seenAt = null } = (await world.engine.base.all(world.org)).get('notes/waits.md') ?? {};
    expect(seenAt).not.toBe(world.log()[0].id);
    await aDayPasses(world);
    expect((await world.quarantined()).size).toBe(0);
  });

  it('is made up for within a day, by a poll that finds no new commit', async () => {
    const world = await overlooking('notes/a.md', 'theirs');
    await aDayPasses(world);
    expect(await world.dot()).toEqual({ 'notes/a.md': 'theirs', 'notes/b.md': 'seen' });
  });

  it('is checked once: without a new comparison, no tree is read', async () => {
    const world = await overlooking('notes/a.md', 'theirs');
    await aDayPasses(world);
    world.gitlab.calls.reset();
    await aDayPasses(world);
    expect(world.gitlab.calls.counts.tree ?? 0).toBe(0);
  });

  it('does not remain suspect for ever if a text was changed and changed back', async () => {
    const world = await SyncWorld.synced();
    await world.push({ 'notes/a.md': 'theirs' });
    await world.push({ 'notes/a.md': 'a' });
    await world.sync();
    for (const text of ['once', 'twice']) {
      world.gitlab.calls.reset();
      await world.edit({ 'notes/a.md': text });
      await world.sync();
      expect(world.onGitLab()).toEqual({ 'notes/a.md': text });
    }
    expect(await world.conflicts()).toEqual([]);
    expect(world.gitlab.calls.counts.commit).toBe(1);
  });
});
