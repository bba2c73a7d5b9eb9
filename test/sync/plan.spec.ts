import { FakeAct } from '@app/audit/testing';
import { symlink } from '@app/fake-gitlab';
import { Reviewer } from '../support/reviewer';
import { SyncWorld } from '../support/sync-world';

describe('The plan', () => {
  it('lists the effects of a full sync, and changes nothing', async () => {
    const world = await SyncWorld.synced({
      'notes/a.md': 'a',
      'notes/b.md': 'b',
      'notes/c.md': 'c',
      'notes/d.md': 'd',
    });
    await world.projects.update({ org: world.org, autoSync: false, autoPull: false }, new FakeAct());
    await world.edit({ 'notes/a.md': 'ours', 'notes/new.md': 'n', 'notes/c.md': 'ours' });
    await world.change([{ op: 'move', from: 'notes/d.md', path: 'notes/moved.md' }]);
    world.clock.advance(60_000);
    world.gitlab.git.push(world.project, 'main', {
      files: { 'notes/b.md': 'theirs', 'notes/c.md': 'theirs', 'notes/bad.yaml': 'a: [' },
      rename: { 'notes/b.md': 'notes/b2.md' },
    });
    const before = [await world.dot(), world.onGitLab(), await world.state()];
    const plan = await world.engine.plan.execute(world.org);
    expect(plan).toEqual({
      head: world.log()[0].id,
      push: [
        { path: 'notes/a.md', op: 'update' },
        { path: 'notes/moved.md', op: 'move' },
        { path: 'notes/new.md', op: 'create' },
      ],
      pull: expect.arrayContaining([
        { path: 'notes/b.md', op: 'update' },
        { path: 'notes/b2.md', op: 'create' },
      ]),
      conflicts: [{ path: 'notes/c.md', winner: 'remote', reason: expect.stringContaining('both sides') }],
      quarantined: [{ path: 'notes/bad.yaml', reason: expect.stringContaining('yaml_invalid') }],
      warnings: [],
    });
    expect([await world.dot(), world.onGitLab(), await world.state()]).toEqual(before);
  });

  it('of another project does not count files kept out at the configured one', async () => {
    const world = await SyncWorld.configured({
      gitlab: { 'notes/n.md': symlink('elsewhere') },
      dot: { 'notes/n.md': 'ours' },
    });
    await world.sync();
    expect((await world.quarantined()).get('notes/n.md')).toMatchObject({ reason: 'symlink' });
    const { id: projectId } = world.gitlab.givenProject('ada/other');
    const { push, quarantined } = await world.engine.plan.execute(world.org, { projectId });
    expect({ push, quarantined }).toEqual({
      push: [{ path: 'notes/n.md', op: 'create' }],
      quarantined: [],
    });
  });

  it('of the first sync shows what each side would get', async () => {
    const world = await SyncWorld.configured({
      gitlab: { 'notes/theirs.md': 't' },
      dot: { 'notes/ours.md': 'o' },
    });
    expect(await world.engine.plan.execute(world.org)).toMatchObject({
      push: [{ path: 'notes/ours.md', op: 'create' }],
      pull: [{ path: 'notes/theirs.md', op: 'create' }],
    });
  });
});

describe('The state of each file', () => {
  it('shows the drift, asked live', async () => {
    const world = await SyncWorld.synced({
      'notes/a.md': 'a',
      'notes/b.md': 'b',
      'notes/c.md': 'c',
      'notes/C.md': 'twin',
    });
    await world.projects.update({ org: world.org, autoSync: false, autoPull: false }, new FakeAct());
    await world.edit({ 'notes/a.md': 'ours' });
    world.gitlab.git.push(world.project, 'main', { files: { 'notes/b.md': 'theirs', 'notes/n.md': 'new' } });
    const states = async (live: boolean) =>
      Object.fromEntries(
        (await world.engine.files.execute(world.org, { live })).items.map(({ path, state }) => [path, state]),
      );
    expect(await states(false)).toEqual({
      'notes/a.md': 'dot_ahead',
      'notes/b.md': 'in_sync',
      'notes/c.md': 'in_sync',
      'notes/C.md': 'in_sync',
    });
    expect(await states(true)).toMatchObject({
      'notes/a.md': 'dot_ahead',
      'notes/b.md': 'gitlab_ahead',
      'notes/n.md': 'gitlab_ahead',
    });
    const { items } = await world.engine.files.execute(world.org, {});
    expect(items.find(({ path }) => path === 'notes/C.md')?.reason).toContain('notes/c.md');
  });
});

describe('A file that both sides changed', () => {
  it.each(['dot', 'gitlab'])('is listed live with the side that will win: %s', async (winner) => {
    const world = await SyncWorld.synced();
    await world.projects.update({ org: world.org, autoSync: false, autoPull: false }, new FakeAct());
    const edit = () => world.edit({ 'notes/a.md': 'ours' });
    if (winner === 'gitlab') await edit();
    world.clock.advance(60_000);
    world.gitlab.git.push(world.project, 'main', { files: { 'notes/a.md': 'theirs' } });
    if (winner === 'dot') await edit();
    const { items } = await world.engine.files.execute(world.org, { live: true });
    const reason = `changed on both sides; ${winner} will win`;
    expect(items).toMatchObject([{ path: 'notes/a.md', state: 'conflict', reason }]);
  });
});

describe('A file that is a link on GitLab by now', () => {
  it('stays there after it is deleted in Dot, as the plan says', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
    await world.push({ 'notes/b.md': symlink('a.md') });
    await world.sync();
    await world.projects.update({ org: world.org, autoSync: false }, new FakeAct());
    await world.edit({ 'notes/b.md': null });
    expect(await world.engine.plan.execute(world.org)).toMatchObject({
      push: [],
      quarantined: [{ path: 'notes/b.md', reason: expect.stringMatching(/^name_taken: /) }],
    });
    await world.engine.request.byPerson(world.org, 'push', new FakeAct());
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'a', 'notes/b.md': 'a.md' });
  });
});

describe('A text of Dot that GitLab merged, before the pull', () => {
  it.each<[string, 'edited' | 'pushed' | null, object[], string]>([
    ['it is still the same in Dot', null, [], 'in_sync'],
    ['Dot has a newer one', 'edited', [{ path: 'notes/a.md', op: 'update' }], 'dot_ahead'],
    ['Dot has proposed a newer one', 'pushed', [], 'proposed'],
  ])('leaves in plan and list what a push has to do: %s', async (_, newer, push, state) => {
    const { world } = await Reviewer.of();
    await world.edit({ 'notes/a.md': 'a1\r\n' });
    await world.sync();
    await world.projects.update({ org: world.org, autoSync: false, autoPull: false }, new FakeAct());
    if (newer) await world.edit({ 'notes/a.md': 'a2' });
    if (newer === 'pushed') await world.engine.request.byPerson(world.org, 'push', new FakeAct());
    await world.sync();
    world.gitlab.git.push(world.project, 'main', { files: { 'notes/a.md': 'a1\n' } });
    expect(await world.engine.plan.execute(world.org)).toMatchObject({ push, pull: [], conflicts: [] });
    const { items } = await world.engine.files.execute(world.org, { live: true });
    expect(items).toMatchObject([{ path: 'notes/a.md', state }]);
  });
});
