import { FakeAct } from '@app/audit/testing';
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

  it('never lets an edit replace a text nobody has seen', async () => {
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
