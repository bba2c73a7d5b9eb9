import { SyncWorld } from '../support/sync-world';

/** The next change is prepared while the commit of this one is under way, and recorded with its end. */
describe('pushing one change after the other', () => {
  const commitsOf = (world: SyncWorld) => world.log().map(({ message }) => message.split('\n')[0]);
  const requestsToCommit = (world: SyncWorld) =>
    world.gitlab.calls.all.filter(({ operation }) => operation === 'commit').length;
  const onceDuringCommit = (world: SyncWorld, act: () => void) => {
    let done = false;
    world.gitlab.calls.between = () => {
      if (done) return;
      done = true;
      act();
    };
  };

  it('makes one commit of each with one request, in order', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a', 'notes/b.md': 'b', 'notes/c.md': 'c' });
    for (const name of ['a', 'b', 'c']) await world.edit({ [`notes/${name}.md`]: '2' }, { message: name });
    await world.sync();
    expect(commitsOf(world).slice(0, 3)).toEqual(['c', 'b', 'a']);
    expect(world.calls()).toBe(3);
    expect((await world.state()).inFlight).toBeNull();
  });

  it('records the next as in flight before it is sent', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
    await world.edit({ 'notes/a.md': '2' }, { id: 'first' });
    await world.edit({ 'notes/b.md': '2' }, { id: 'second' });
    const inFlight: (string | undefined)[] = [];
    world.gitlab.calls.before = async () => void inFlight.push((await world.state()).inFlight?.id);
    await world.sync();
    expect(inFlight).toEqual(['first', 'second']);
  });

  it('sees what a change before it did to the same file, so that GitLab refuses nothing', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a' });
    await world.edit({ 'notes/b.md': '1' }, { message: 'one' });
    await world.edit({ 'notes/b.md': '2' }, { message: 'two' });
    await world.edit({ 'notes/b.md': null }, { message: 'none' });
    await world.edit({ 'notes/b.md/c.md': '3' }, { message: 'three' });
    await world.sync();
    expect(commitsOf(world).slice(0, 4)).toEqual(['three', 'none', 'two', 'one']);
    expect(requestsToCommit(world)).toBe(4);
  });

  it('decides again about the next if a teammate pushes meanwhile', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
    await world.edit({ 'notes/a.md': '2' });
    await world.edit({ 'notes/b.md': 'from Dot' });
    onceDuringCommit(world, () => {
      world.clock.advance(1_000);
      world.gitlab.git.push('ada/context', 'main', { files: { 'notes/b.md': 'from GitLab' } });
    });
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': '2', 'notes/b.md': 'from GitLab' });
    expect(await world.dot()).toEqual(world.onGitLab());
    expect(requestsToCommit(world)).toBe(1);
    expect(await world.conflicts()).toMatchObject([{ path: 'notes/b.md', winner: 'remote' }]);
  });

  it('sends the next once if the worker is cut off before it', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
    await world.edit({ 'notes/a.md': '2' }, { message: 'first' });
    await world.edit({ 'notes/b.md': '2' }, { message: 'second' });
    world.gitlab.calls.faults.add({ fault: { kind: 'reset' }, skip: 1 });
    await world.sync();
    expect(commitsOf(world).slice(0, 2)).toEqual(['second', 'first']);
    expect(commitsOf(world).filter((title) => title === 'second')).toHaveLength(1);
  });
});
