import { FakeAct } from '@app/audit/testing';
import { SyncWorld } from '../support/sync-world';

const LFS = '*.md filter=lfs diff=lfs merge=lfs -text\n';
const attributes = (text: string | null) => ({ '.gitattributes': text });
const pointers = (world: SyncWorld) =>
  Object.values(world.onGitLab()).filter((text) => text.startsWith('version https://git-lfs'));

/** Text files of the scope, and whatever else the project has. */
const givenRules = (text: string) => SyncWorld.synced({ ...attributes(text), 'notes/a.md': 'a' });

describe('A new file that falls under a rule for LFS', () => {
  it('is held back, and the rest goes on', async () => {
    const world = await givenRules(LFS);
    await world.edit({ 'notes/new.md': 'new', 'notes/a.md': 'edited', 'notes/b.yaml': 'b: 1\n' });
    await world.sync();
    expect(world.onGitLab()).toEqual({
      ...attributes(LFS),
      'notes/a.md': 'edited',
      'notes/b.yaml': 'b: 1\n',
    });
    const held = await world.quarantined();
    expect([...held.keys()]).toEqual(['notes/new.md']);
    expect(held.get('notes/new.md')).toMatchObject({ side: 'local', reason: 'lfs_tracked' });
    expect(held.get('notes/new.md')?.detail).toMatch(/take the rule .* out, or move the file/);
  });

  it('is sent once the rule is gone', async () => {
    const world = await givenRules(LFS);
    await world.edit({ 'notes/new.md': 'new' });
    await world.sync();
    await world.push(attributes('*.png filter=lfs\n'));
    await world.sync();
    expect(world.onGitLab()).toMatchObject({ 'notes/new.md': 'new' });
    expect((await world.quarantined()).size).toBe(0);
  });

  it('is sent if it is moved away from the rule', async () => {
    const world = await givenRules('notes/*.md filter=lfs\n');
    await world.edit({ 'notes/new.md': 'new' });
    await world.sync();
    expect(world.onGitLab()).not.toHaveProperty(['notes/new.md']);
    await world.change([{ op: 'move', from: 'notes/new.md', path: 'notes/deep/new.md' }]);
    await world.sync();
    expect(world.onGitLab()).toMatchObject({ 'notes/deep/new.md': 'new' });
    expect((await world.quarantined()).size).toBe(0);
  });

  it('is held back also if the rule came later', async () => {
    const world = await SyncWorld.synced();
    await world.push(attributes(LFS));
    await world.sync();
    await world.edit({ 'notes/new.md': 'new' });
    await world.sync();
    expect(pointers(world)).toEqual([]);
    expect((await world.quarantined()).get('notes/new.md')?.reason).toBe('lfs_tracked');
  });

  it('is held back if GitLab deleted it and a person keeps it', async () => {
    const paths = Array.from({ length: 10 }, (_, i) => `notes/${i}.md`);
    const all = <T>(text: T) => Object.fromEntries(paths.map((path) => [path, text]));
    const world = await SyncWorld.synced(all('text'));
    await world.push({ ...attributes(LFS), ...all(null) });
    await world.sync();
    await world.engine.answer.keep(world.org, (await world.lastRun('pull')).id, new FakeAct());
    await world.sync();
    expect(world.onGitLab()).toEqual(attributes(LFS));
    expect((await world.quarantined()).get(paths[0])?.reason).toBe('lfs_tracked');
    expect(await world.dot()).toEqual(all('text'));
  });

  it('is held back by the first sync, and shown in its plan', async () => {
    const world = await SyncWorld.configured({ gitlab: attributes(LFS), dot: { 'notes/new.md': 'new' } });
    const { quarantined } = await world.engine.plan.execute(world.org);
    expect(quarantined).toMatchObject([
      { path: 'notes/new.md', reason: expect.stringContaining('lfs_tracked') },
    ]);
    await world.sync();
    expect(world.onGitLab()).toEqual(attributes(LFS));
  });

  it('is sent if the rules are longer than Dot reads', async () => {
    const world = await givenRules(`${'#'.repeat(65_536)}\n${LFS}`);
    await world.edit({ 'notes/new.md': 'new' });
    await world.sync();
    expect((await world.quarantined()).size).toBe(0);
    expect(pointers(world)).toHaveLength(1);
  });

  it('is sent if the project has LFS switched off, then or later', async () => {
    const world = await givenRules(LFS);
    await world.edit({ 'notes/new.md': 'new' });
    await world.sync();
    world.gitlab.setLfs(world.project.id, false);
    await world.hear();
    await world.sync();
    await world.edit({ 'notes/second.md': 'second' });
    await world.sync();
    expect(world.onGitLab()).toMatchObject({ 'notes/new.md': 'new', 'notes/second.md': 'second' });
  });
});

describe('The stored rules for LFS', () => {
  it('cost no call if there are no rules, and none for edits', async () => {
    const world = await SyncWorld.synced();
    await world.edit({ 'notes/new.md': 'new' });
    await world.sync();
    expect(world.gitlab.calls.counts).toEqual({ commit: 1 });
  });

  it('cost no call if there are rules', async () => {
    const world = await givenRules('*.png filter=lfs\n');
    await world.edit({ 'notes/new.md': 'new' });
    await world.sync();
    expect(world.gitlab.calls.counts).toEqual({ commit: 1 });
  });

  it('are not read for an edit of an org without stored rules', async () => {
    const world = await givenRules(LFS);
    await world.engine.states.save(world.org, { lfsRules: null });
    await world.edit({ 'notes/a.md': 'edited' });
    await world.sync();
    expect(world.gitlab.calls.counts).toEqual({ commit: 1 });
    expect(await world.state()).toMatchObject({ lfsRules: null });
  });

  it('are read once for an org without stored rules', async () => {
    const world = await givenRules(LFS);
    await world.engine.states.save(world.org, { lfsRules: null });
    for (const text of ['once', 'twice']) {
      await world.edit({ 'notes/new.md': text, 'notes/a.md': text });
      await world.sync();
    }
    expect(world.gitlab.calls.counts).toEqual({ readFiles: 1, project: 1, commit: 2 });
    expect((await world.quarantined()).get('notes/new.md')?.reason).toBe('lfs_tracked');
  });
});
