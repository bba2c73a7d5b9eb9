import { FakeAct } from '@app/audit/testing';
import { SyncWorld } from '../support/sync-world';

/** Put together here, so that no scanner takes this file for a leak. */
const TOKEN = ['glpat', 'a1B2c3D4e5F6g7H8i9J0'].join('-');
const LEAK = `# Access\n\nUse ${TOKEN}\n`;

describe('What looks like a credential', () => {
  it('is held back with its line and its kind, while the rest of the change is sent', async () => {
    const world = await SyncWorld.synced();
    await world.edit({ 'notes/leak.md': LEAK, 'notes/b.md': 'b' });
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
    expect((await world.quarantined()).get('notes/leak.md')).toMatchObject({
      side: 'local',
      reason: 'credential',
      detail: expect.stringMatching(/^line 3 holds a GitLab token; /),
    });
    expect(JSON.stringify([...(await world.quarantined())])).not.toContain(TOKEN);
  });

  it('is held back in the first sync and in the plan, too', async () => {
    const world = await SyncWorld.configured({
      gitlab: { 'notes/a.md': 'a' },
      dot: { 'notes/leak.md': LEAK },
    });
    const plan = await world.engine.plan.execute(world.org);
    expect(plan.push).toEqual([]);
    expect(plan.quarantined).toMatchObject([
      { path: 'notes/leak.md', reason: expect.stringContaining('line 3') },
    ]);
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'a' });
  });

  it.each([true, false])(
    'stays held back, and can be released, after a pull; automatic pushes: %s',
    async (autoSync) => {
      const world = await SyncWorld.synced();
      await world.projects.update({ org: world.org, autoSync }, new FakeAct());
      await world.edit({ 'notes/leak.md': LEAK });
      await world.engine.request.byPerson(world.org, 'push', new FakeAct());
      await world.sync();
      await world.push({ 'notes/b.md': 'b' });
      await world.sync();
      expect([...(await world.quarantined()).keys()]).toEqual(['notes/leak.md']);
      await world.engine.release.execute(world.org, 'notes/leak.md', new FakeAct());
      await world.engine.request.byPerson(world.org, 'push', new FakeAct());
      await world.sync();
      expect(world.onGitLab()).toMatchObject({ 'notes/leak.md': LEAK });
    },
  );

  it.each([true, false])(
    'is held back no more once it is gone, or GitLab has another text there; automatic pushes: %s',
    async (autoSync) => {
      const world = await SyncWorld.synced();
      await world.projects.update({ org: world.org, autoSync }, new FakeAct());
      await world.edit({ 'notes/leak.md': LEAK, 'notes/other.md': LEAK });
      await world.engine.request.byPerson(world.org, 'push', new FakeAct());
      await world.sync();
      await world.edit({ 'notes/leak.md': null });
      await world.push({ 'notes/other.md': 'theirs' });
      await world.sync();
      expect([...(await world.quarantined()).keys()]).toEqual([]);
      expect(await world.dot()).toEqual(world.onGitLab());
    },
  );

  it('goes on once it is taken out', async () => {
    const world = await SyncWorld.synced();
    await world.edit({ 'notes/leak.md': LEAK });
    await world.sync();
    await world.edit({ 'notes/leak.md': 'Ask Ada for access' });
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'a', 'notes/leak.md': 'Ask Ada for access' });
    expect((await world.quarantined()).size).toBe(0);
  });

  it('goes on once it is released, also when the text around it changes; another one does not', async () => {
    const world = await SyncWorld.synced();
    await world.edit({ 'notes/leak.md': LEAK });
    await world.sync();
    await world.engine.release.execute(world.org, 'notes/leak.md', new FakeAct());
    await world.sync();
    expect(world.onGitLab()).toMatchObject({ 'notes/leak.md': LEAK });
    expect((await world.quarantined()).size).toBe(0);
    await world.edit({ 'notes/leak.md': `More.\n${LEAK}` });
    await world.sync();
    expect(world.onGitLab()).toMatchObject({ 'notes/leak.md': `More.\n${LEAK}` });
    await world.edit({ 'notes/leak.md': `${LEAK}postgres://ada:hunter2@db.acme.com/sales\n` });
    await world.sync();
    expect(world.onGitLab()).toMatchObject({ 'notes/leak.md': `More.\n${LEAK}` });
    expect((await world.quarantined()).get('notes/leak.md')).toMatchObject({
      detail: expect.stringContaining('line 4 holds a password in a URL'),
    });
  });

  it('stays on both sides if it came from GitLab', async () => {
    const world = await SyncWorld.synced({ 'notes/leak.md': LEAK });
    expect(await world.dot()).toEqual({ 'notes/leak.md': LEAK });
    expect((await world.quarantined()).size).toBe(0);
  });

  it('is released only where something is held back for it', async () => {
    const world = await SyncWorld.synced();
    for (const path of ['notes/a.md', 'notes/none.md'])
      await expect(world.engine.release.execute(world.org, path, new FakeAct())).rejects.toMatchObject({
        code: 'not_found',
      });
  });
});

describe('Text that does not show', () => {
  it('is held back like a credential', async () => {
    const world = await SyncWorld.synced();
    await world.edit({ 'notes/b.md': 'if admin \u202E then' });
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'a' });
    expect((await world.quarantined()).get('notes/b.md')).toMatchObject({ reason: 'hidden_control' });
  });
});
