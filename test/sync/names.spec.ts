import { FakeAct } from '@app/audit/testing';
import { SyncWorld } from '../support/sync-world';

const texts = async (world: SyncWorld) => ({ dot: await world.dot(), gitlab: world.onGitLab() });
const leftOut = async (world: SyncWorld) => [...(await world.quarantined()).keys()];

describe('A name that is a file on one side and a directory on the other', () => {
  it('holds the file back for as long as the directory is there, whatever is synced meanwhile', async () => {
    const world = await SyncWorld.synced();
    await world.push({ 'notes/d.md/picture.png': 'not ours' });
    await world.sync();
    await world.edit({ 'notes/d.md': 'd' });
    await world.sync();
    await world.edit({ 'notes/d.md': null });
    await world.sync();
    await world.push({ 'notes/b.md': 'b' });
    await world.sync();
    await world.edit({ 'notes/d.md': 'again', 'notes/c.md': 'c' });
    await world.sync();
    expect(world.onGitLab()).toEqual({
      'notes/a.md': 'a',
      'notes/b.md': 'b',
      'notes/c.md': 'c',
      'notes/d.md/picture.png': 'not ours',
    });
    expect(await leftOut(world)).toEqual(['notes/d.md']);
  });

  it('ships what had to wait while pushing was switched off', async () => {
    const world = await SyncWorld.configured({
      gitlab: { 'notes/d.md': 'd' },
      dot: { 'notes/d.md/e.md': 'e' },
    });
    await world.sync();
    expect(await leftOut(world)).toEqual(['notes/d.md', 'notes/d.md/e.md']);
    await world.projects.update({ org: world.org, autoSync: false }, new FakeAct());
    await world.push({ 'notes/d.md': null });
    await world.sync();
    await world.projects.update({ org: world.org, autoSync: true }, new FakeAct());
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/d.md/e.md': 'e' });
    expect(await leftOut(world)).toEqual([]);
  });

  it('is forgotten when the last file of the directory is gone, by a push or by a change made in Dot', async () => {
    const world = await SyncWorld.synced();
    await world.push({ 'notes/d.md/e.md': 'e' });
    await world.sync();
    expect(await leftOut(world)).toEqual(['notes/d.md']);
    await world.push({ 'notes/d.md/e.md': null });
    await world.sync();
    expect(await leftOut(world)).toEqual([]);
    await world.push({ 'notes/d.md/e.md': 'e' });
    await world.sync();
    await world.edit({ 'notes/d.md/e.md': null });
    await world.sync();
    expect(await leftOut(world)).toEqual([]);
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'a' });
  });

  it('loses no deletion: what a directory replaced for a while is deleted in Dot when the directory goes', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a', 'notes/b.md': 'b', 'notes/d.md': 'd' });
    await world.push({ 'notes/d.md': null, 'notes/d.md/picture.png': 'not ours' });
    await world.sync();
    expect(Object.keys(await world.dot())).toContain('notes/d.md');
    await world.push({ 'notes/d.md/picture.png': null });
    await world.sync();
    expect(await texts(world)).toEqual({
      dot: { 'notes/a.md': 'a', 'notes/b.md': 'b' },
      gitlab: { 'notes/a.md': 'a', 'notes/b.md': 'b' },
    });
  });

  it('deletes no directory on GitLab when Dot deletes the file that it replaced', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a', 'notes/d.md': 'd' });
    await world.push({ 'notes/d.md': null, 'notes/d.md/picture.png': 'not ours' });
    await world.sync();
    await world.edit({ 'notes/d.md': null, 'notes/d.md/e.md': 'e' });
    await world.sync();
    expect(world.onGitLab()).toEqual({
      'notes/a.md': 'a',
      'notes/d.md/e.md': 'e',
      'notes/d.md/picture.png': 'not ours',
    });
  });

  it("lets GitLab's file in as soon as Dot's directory is gone", async () => {
    const world = await SyncWorld.configured({
      gitlab: { 'notes/d.md': 'd' },
      dot: { 'notes/d.md/e.md': 'e' },
    });
    await world.sync();
    await world.edit({ 'notes/d.md/e.md': null });
    await world.sync();
    expect(await texts(world)).toEqual({ dot: { 'notes/d.md': 'd' }, gitlab: { 'notes/d.md': 'd' } });
    expect(await leftOut(world)).toEqual([]);
  });

  it("never deletes GitLab's file that Dot could not take", async () => {
    const world = await SyncWorld.configured({
      gitlab: { 'notes/a.md': 'a' },
      dot: { 'notes/d.md/e.md': 'e' },
    });
    world.gitlab.calls.faults.add({ fault: { kind: 'rate-limit', style: 'application' }, on: 'commit' });
    await world.engine.processOrg.execute(world.org);
    await world.change([
      { op: 'move', from: 'notes/d.md/e.md', path: 'notes/d.md' },
      { op: 'put', path: 'notes/a.md', content: Buffer.from('ours') },
    ]);
    await world.push({ 'notes/a.md': 'theirs', 'notes/d.md/e.md': 'theirs' });
    await world.sync();
    expect(world.onGitLab()['notes/d.md/e.md']).toBe('theirs');
  });

  it('goes to Dot if both changed it, and keeps the text of GitLab', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a', 'notes/d.md': 'd' });
    await world.edit({ 'notes/d.md': null, 'notes/d.md/e.md': 'e' });
    await world.push({ 'notes/d.md': 'theirs' });
    await world.sync();
    const expected = { 'notes/a.md': 'a', 'notes/d.md/e.md': 'e' };
    expect(await texts(world)).toEqual({ dot: expected, gitlab: expected });
    expect(await world.conflicts()).toMatchObject([{ path: 'notes/d.md', winner: 'local' }]);
  });

  it('may change from one to the other by a move', async () => {
    const world = await SyncWorld.synced({ 'notes/d.md': 'd' });
    await world.change([{ op: 'move', from: 'notes/d.md', path: 'notes/d.md/e.md' }]);
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/d.md/e.md': 'd' });
    await world.change([{ op: 'move', from: 'notes/d.md/e.md', path: 'notes/d.md' }]);
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/d.md': 'd' });
    expect(world.log()).toHaveLength(3);
  });
});
