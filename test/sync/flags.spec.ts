import { FakeAct } from '@app/audit/testing';
import { SyncWorld } from '../support/sync-world';

/** Put together here, so that no scanner takes this file for a leak. */
const TOKEN = ['glpat', 'a1B2c3D4e5F6g7H8i9J0'].join('-');
const HIDDEN = `# Notes\n\nAll is well.${String.fromCodePoint(0xe0041, 0xe0042, 0xe0043)}\n`;

const reasons = async (world: SyncWorld) => {
  const { items } = await world.engine.files.execute(world.org, {});
  return Object.fromEntries(items.map(({ path, state, reason }) => [path, [state, reason]]));
};

describe('A file from GitLab with a finding that a push would hold back', () => {
  it('is pulled, so that both sides are equal, and flagged in the list of files', async () => {
    const world = await SyncWorld.synced();
    await world.push({ 'notes/a.md': HIDDEN, 'notes/b.md': 'b', 'notes/c.md': `x\nUse ${TOKEN}\n` });
    await world.sync();
    expect(await world.dot()).toEqual(world.onGitLab());
    expect(await reasons(world)).toEqual({
      'notes/a.md': [
        'in_sync',
        expect.stringMatching(/^hidden_control: line 3 holds invisible text; .*an AI reads it/),
      ],
      'notes/b.md': ['in_sync', undefined],
      'notes/c.md': [
        'in_sync',
        expect.stringMatching(/^credential: line 2 holds a GitLab token; .*revoke it/),
      ],
    });
    expect(JSON.stringify(await reasons(world))).not.toContain(TOKEN);
  });

  it('is flagged for its name', async () => {
    const world = await SyncWorld.synced();
    await world.push({ 'notes/\u202Egpj.md': 'x', [`notes/${TOKEN}.md`]: 'y' });
    await world.sync();
    expect(await reasons(world)).toEqual({
      'notes/a.md': ['in_sync', undefined],
      'notes/\u202Egpj.md': [
        'in_sync',
        expect.stringMatching(/^path_not_allowed: its name holds a control character.*; rename it$/),
      ],
      [`notes/${TOKEN}.md`]: ['in_sync', 'path_not_allowed: its name holds a GitLab token; rename it'],
    });
  });

  it('is no longer flagged once it is taken out', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': HIDDEN });
    await world.push({ 'notes/a.md': '# Notes\n' });
    await world.sync();
    expect(await reasons(world)).toEqual({ 'notes/a.md': ['in_sync', undefined] });
  });

  it('is not flagged if an admin released it', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': HIDDEN });
    await world.edit({ 'notes/b.md': HIDDEN });
    await world.sync();
    const held = expect.stringMatching(
      /^hidden_control: line 3 holds invisible text; take it out, or an admin may release the file$/,
    );
    expect((await reasons(world))['notes/b.md']).toEqual(['quarantined', held]);
    await world.engine.release.execute(world.org, 'notes/b.md', new FakeAct());
    await world.sync();
    expect((await reasons(world))['notes/b.md']).toEqual(['in_sync', undefined]);
  });

  it('is flagged in lists of any length, on each page', async () => {
    const files = Array.from({ length: 45 }, (_, nth) => [`notes/${100 + nth}.md`, nth % 30 ? 'x' : HIDDEN]);
    const world = await SyncWorld.synced(Object.fromEntries(files));
    const all = Object.entries(await reasons(world));
    expect(all).toHaveLength(45);
    const flags = all.filter(([, [, reason]]) => reason);
    expect(flags.map(([path]) => path)).toEqual(['notes/100.md', 'notes/130.md']);
  });
});
