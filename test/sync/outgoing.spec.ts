import { SyncWorld } from '../support/sync-world';

/** Put together here, so that no scanner takes this file for a leak. */
const TOKEN = ['glpat', 'a1B2c3D4e5F6g7H8i9J0'].join('-');
const LEAKY = `notes/${TOKEN}.md`;
const TURNED = 'notes/\u202Egpj.md';
/** The world edits its store as a host's own does, or as changes from before did, which nothing refused. */
describe('What leaves Dot without having come as an edit', () => {
  it('has no credential and no hidden text in its message and author', async () => {
    const world = await SyncWorld.synced();
    const author = { name: `Ada ${TOKEN}`, email: 'ada\u200B@example.com' };
    await world.edit({ 'notes/b.md': 'b' }, { message: `Use ${TOKEN}\n\n- a\u202Eb`, author });
    await world.sync();
    const [head] = world.log();
    expect(head.message).toContain('Use [redacted]\n\n- a\\u{202E}b\n\nDot-Change-Id: ');
    expect(head.author).toMatchObject({ name: 'Ada [redacted]', email: 'ada\\u{200B}@example.com' });
  });

  it.each([
    [LEAKY, 'its name holds a GitLab token; rename the file'],
    [TURNED, 'its name holds a control character that changes the direction of the text; rename the file'],
  ])('is held back for its name, until it is renamed: %s', async (path, detail) => {
    const world = await SyncWorld.synced();
    await world.edit({ [path]: 'text', 'notes/b.md': 'b' });
    await world.sync();
    expect(Object.keys(world.onGitLab())).toEqual(['notes/a.md', 'notes/b.md']);
    expect((await world.quarantined()).get(path)).toMatchObject({ reason: 'path_not_allowed', detail });
    await world.push({ 'notes/c.md': 'c' });
    await world.sync();
    expect([...(await world.quarantined()).keys()]).toEqual([path]);
    await world.change([{ op: 'move', from: path, path: 'notes/named.md' }]);
    await world.sync();
    expect(world.onGitLab()).toMatchObject({ 'notes/named.md': 'text' });
    expect(await world.quarantined()).toEqual(new Map());
  });

  it('is sent on under a name that GitLab has already', async () => {
    const world = await SyncWorld.synced();
    await world.push({ [TURNED]: 'x' });
    await world.sync();
    await world.edit({ [TURNED]: 'y' });
    await world.sync();
    expect(world.onGitLab()).toMatchObject({ [TURNED]: 'y' });
  });
});
