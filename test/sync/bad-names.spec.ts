import { SyncWorld } from '../support/sync-world';

/** `caf\xe9.md`, as a teammate's old system writes it; GitLab's answers show `caf.md`. */
const LATIN1 = 'notes/caf\udce9.md';

const found = async (world: SyncWorld) =>
  Object.fromEntries([...(await world.quarantined())].map(([path, { reason }]) => [path, reason]));

describe('A name on GitLab that no file in Dot can have', () => {
  const bad = {
    [LATIN1]: ['notes/caf.md', 'path_not_utf8'],
    'notes/a\0.md': ['notes/a\\u{0}.md', 'path_not_portable'],
    'notes/line\nbreak.md': ['notes/line\\u{A}break.md', 'path_not_portable'],
    'notes/.git /x.md': ['notes/.git /x.md', 'path_not_portable'],
    'notes/git~1/x.md': ['notes/git~1/x.md', 'path_not_portable'],
    'notes/.git::$INDEX_ALLOCATION/x.md': ['notes/.git::$INDEX_ALLOCATION/x.md', 'path_not_portable'],
    'notes/.g\u200cit/x.md': ['notes/.g\\u{200C}it/x.md', 'path_not_portable'],
    'notes/back\\slash.md': ['notes/back\\\\slash.md', 'path_not_portable'],
    [`notes/${'n'.repeat(300)}.md`]: [`notes/${'n'.repeat(300)}.md`, 'path_not_portable'],
  };
  const files = Object.fromEntries(Object.keys(bad).map((path, nth) => [path, `text ${nth}`]));
  const expected = Object.fromEntries(Object.values(bad));

  it('keeps itself out of a pull, and nothing else', async () => {
    const world = await SyncWorld.synced();
    await world.push({ ...files, 'notes/b.md': 'b' });
    await world.sync();
    expect(await found(world)).toEqual(expected);
    expect(await world.dot()).toEqual({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
    expect(await world.lastRun('pull')).toMatchObject({ status: 'succeeded', attempt: 1 });
  });

  it('keeps itself out of a first sync, and of every pull and push after it', async () => {
    const world = await SyncWorld.configured({
      gitlab: { ...files, 'notes/b.md': 'b' },
      dot: { 'notes/c.md': 'c' },
    });
    await world.sync();
    await world.push({ 'notes/b.md': 'bb' });
    await world.edit({ 'notes/c.md': 'cc' });
    await world.sync();
    expect(await found(world)).toEqual(expected);
    expect(await world.dot()).toEqual({ 'notes/b.md': 'bb', 'notes/c.md': 'cc' });
    expect(world.onGitLab()).toEqual({ ...files, ...(await world.dot()) });
  });

  it('is forgotten when the file is renamed or goes', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a', ...files });
    await world.push(Object.fromEntries(Object.keys(bad).map((path) => [path, null])), {
      rename: { [LATIN1]: 'notes/caf\u00e9.md' },
    });
    await world.sync();
    expect(await found(world)).toEqual({});
    expect(await world.dot()).toEqual({ 'notes/a.md': 'a', 'notes/caf\u00e9.md': 'text 0' });
  });

  it('holds back a file that Dot writes at the name GitLab shows, and says why', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a', [LATIN1]: 'theirs' });
    await world.edit({ 'notes/caf.md': 'ours', 'notes/b.md': 'b' });
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'a', 'notes/b.md': 'b', [LATIN1]: 'theirs' });
    expect(await world.dot()).toMatchObject({ 'notes/caf.md': 'ours' });
    expect(await found(world)).toEqual({ 'notes/caf.md': 'path_not_utf8' });
  });

  it('does not hide the file that really has the name GitLab shows', async () => {
    const world = await SyncWorld.synced({ 'notes/caf.md': 'real', [LATIN1]: 'theirs' });
    expect(await world.dot()).toEqual({ 'notes/caf.md': 'real' });
    await world.edit({ 'notes/caf.md': 'ours' });
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/caf.md': 'ours', [LATIN1]: 'theirs' });
  });
});

describe('A name that only Windows refuses', () => {
  it('is synced in both directions, with a warning that names a better one', async () => {
    const world = await SyncWorld.synced();
    await world.push({ 'notes/Q3: plan.md': 'theirs', 'notes/CON.md': 'device' });
    await world.sync();
    await world.edit({ 'notes/Q3: plan.md': 'ours' });
    await world.sync();
    expect(world.onGitLab()).toEqual({
      'notes/a.md': 'a',
      'notes/Q3: plan.md': 'ours',
      'notes/CON.md': 'device',
    });
    expect(await world.dot()).toEqual(world.onGitLab());
    const { items } = await world.engine.files.execute(world.org, {});
    expect(items).toMatchObject([
      {
        path: 'notes/CON.md',
        state: 'in_sync',
        reason: expect.stringMatching(/^not_portable: .*"notes\/CON-file.md"/),
      },
      {
        path: 'notes/Q3: plan.md',
        state: 'in_sync',
        reason: expect.stringMatching(/^not_portable: .*rename it to "notes\/Q3 - plan.md"/),
      },
      { path: 'notes/a.md', state: 'in_sync' },
    ]);
    expect(items[2].reason).toBeUndefined();
  });
});
