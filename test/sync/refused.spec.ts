import { FakeAct } from '@app/audit/testing';
import { SyncWorld } from '../support/sync-world';

const NAMES = { prohibitedFileNames: /secret/ };
const put = (path: string, text: string) => ({ op: 'put' as const, path, content: Buffer.from(text) });

async function worldWith(rules: Parameters<SyncWorld['gitlab']['setPushRules']>[1]): Promise<SyncWorld> {
  const world = await SyncWorld.synced({ 'notes/a.md': 'a' }, { pollSeconds: 0 });
  world.gitlab.setPushRules(world.project, rules);
  return world;
}

/** Lets time pass until refused files are sent again. */
async function retry(world: SyncWorld): Promise<void> {
  const { heldRetryAt } = await world.state();
  world.clock.advance(heldRetryAt!.getTime() - world.clock.now().getTime());
  expect(await world.engine.sweeper.sweepOnce()).toBe(1);
  await world.sync();
}

const held = async (world: SyncWorld) =>
  Object.fromEntries([...(await world.quarantined())].map(([path, { reason }]) => [path, reason]));

describe('A commit that GitLab refuses for good', () => {
  it('holds back its file with the words of GitLab, and nothing else', async () => {
    const world = await worldWith(NAMES);
    await world.edit({ 'notes/secret.md': 's' });
    await world.edit({ 'notes/a.md': 'later' });
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'later' });
    expect((await world.quarantined()).get('notes/secret.md')).toMatchObject({
      side: 'local',
      reason: 'refused_by_gitlab',
      detail: expect.stringContaining('File name notes/secret.md was prohibited by the pattern'),
    });
    expect(await world.state()).toMatchObject({ blocked: null, failure: null, snapshotDue: false });
  });

  it('holds back the named files of a change, one by one, and sends the others as one commit', async () => {
    const world = await worldWith(NAMES);
    const secrets = Array.from({ length: 7 }, (_, n) => put(`notes/secret-${n}.md`, 's'));
    await world.change([...secrets, put('notes/a.md', '1'), put('notes/b.md', '2')], { message: 'Both' });
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': '1', 'notes/b.md': '2' });
    expect(world.log()).toHaveLength(2);
    expect(Object.keys(await held(world))).toHaveLength(7);
  });

  it('is not sent again in vain', async () => {
    const world = await worldWith(NAMES);
    await world.edit({ 'notes/secret.md': 's' });
    await world.sync();
    for (let tries = 0; tries < 3; tries++) await retry(world);
    const calls = world.calls();
    await world.edit({ 'notes/a.md': 'more' });
    await world.sync();
    expect(world.calls()).toBe(calls + 1);
    await world.push({ 'notes/b.md': 'b' });
    await world.sync();
    expect(await held(world)).toEqual({ 'notes/secret.md': 'refused_by_gitlab' });
  });

  it.each<[string, (world: SyncWorld) => Promise<void>, Record<string, string>]>([
    [
      'renamed',
      (world) => world.change([{ op: 'move', from: 'notes/secret.md', path: 'notes/plain.md' }]),
      { 'notes/a.md': 'a', 'notes/plain.md': 's' },
    ],
    ['deleted', (world) => world.edit({ 'notes/secret.md': null }), { 'notes/a.md': 'a' }],
  ])('is over once the file is %s', async (_, mend, expected) => {
    const world = await worldWith(NAMES);
    await world.edit({ 'notes/secret.md': 's' });
    await world.sync();
    await mend(world);
    await world.sync();
    expect(world.onGitLab()).toEqual(expected);
    expect(await held(world)).toEqual({});
    expect(await world.state()).toMatchObject({ snapshotDue: false, blocked: null });
  });

  it('sends the newest text by itself once the rule is gone', async () => {
    const world = await worldWith({ blockedContent: /password/ });
    await world.edit({ 'notes/b.md': 'password 1' });
    await world.edit({ 'notes/b.md': 'password 2' });
    await world.sync();
    expect((await world.state()).heldTries).toBe(2);
    await retry(world);
    expect(await held(world)).toEqual({ 'notes/b.md': 'refused_by_gitlab' });
    world.gitlab.setPushRules(world.project, {});
    await retry(world);
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'a', 'notes/b.md': 'password 2' });
    expect(await held(world)).toEqual({});
    expect(await world.state()).toMatchObject({ heldTries: 0, heldRetryAt: null });
  });

  it('sends a text that was changed without waiting', async () => {
    const world = await worldWith({ blockedContent: /password/ });
    await world.edit({ 'notes/b.md': 'password' });
    await world.sync();
    await world.edit({ 'notes/b.md': 'harmless' });
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'a', 'notes/b.md': 'harmless' });
    expect(await held(world)).toEqual({});
  });

  it('is sent again when a person pushes, also without automatic pushes', async () => {
    const world = await worldWith(NAMES);
    await world.projects.update({ org: world.org, autoSync: false }, new FakeAct());
    await world.edit({ 'notes/secret.md': 's' });
    await world.engine.request.byPerson(world.org, 'push', new FakeAct());
    await world.sync();
    expect(await held(world)).toEqual({ 'notes/secret.md': 'refused_by_gitlab' });
    world.clock.advance(3_600_000);
    await world.engine.sweeper.sweepOnce();
    await world.sync();
    expect(await world.state()).toMatchObject({ heldRetryAt: null, snapshotDue: false });
    world.gitlab.setPushRules(world.project, {});
    await world.engine.request.byPerson(world.org, 'push', new FakeAct());
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'a', 'notes/secret.md': 's' });
  });

  it('holds back a file that was moved to a name that GitLab refuses', async () => {
    const world = await worldWith(NAMES);
    await world.change([{ op: 'move', from: 'notes/a.md', path: 'notes/secret.md' }, put('notes/b.md', 'b')]);
    await world.sync();
    expect(await held(world)).toEqual({ 'notes/secret.md': 'refused_by_gitlab' });
    expect(world.onGitLab()).toEqual({ 'notes/b.md': 'b' });
    world.gitlab.setPushRules(world.project, {});
    await retry(world);
    expect(world.onGitLab()).toEqual({ 'notes/b.md': 'b', 'notes/secret.md': 'a' });
  });

  it('is named in the status, with its file', async () => {
    const world = await worldWith(NAMES);
    await world.edit({ 'notes/secret.md': 's' });
    await world.sync();
    const { engine, org, projects } = world;
    const { heldRetryAt } = await world.state();
    expect(await engine.status.execute(org, await projects.target(org))).toMatchObject({
      health: 'attention',
      error: { code: 'push_refused', detail: expect.stringMatching(/^notes\/secret\.md is held back: /) },
      nextAttemptAt: heldRetryAt,
    });
  });

  it('finds the one file that is meant if GitLab names none, and sends all others', async () => {
    const world = await worldWith({ blockedContent: /password/ });
    const files = Array.from({ length: 40 }, (_, n) =>
      put(`notes/n${n}.md`, n === 23 ? 'password' : `text ${n}`),
    );
    await world.change(files);
    await world.sync();
    expect(Object.keys(await held(world))).toEqual(['notes/n23.md']);
    expect(Object.keys(world.onGitLab())).toHaveLength(40);
  });

  it('is sent later also if it takes back what had won a conflict', async () => {
    const world = await SyncWorld.configured({
      gitlab: { 'notes/a.md': 'theirs' },
      dot: { 'notes/a.md': 'ours' },
      onConflict: 'dot',
      settings: { pollSeconds: 0 },
    });
    world.gitlab.setPushRules(world.project, { commitMessagePattern: /^docs/ });
    await world.sync();
    await world.edit({ 'notes/a.md': null });
    await world.sync();
    expect(await held(world)).toEqual({ 'notes/a.md': 'refused_by_gitlab' });
    world.gitlab.setPushRules(world.project, {});
    await retry(world);
    expect(world.onGitLab()).toEqual({});
  });

  it('does not stop a first sync', async () => {
    const dot = Object.fromEntries(Array.from({ length: 25 }, (_, n) => [`notes/n${n}.md`, `text ${n}`]));
    const world = await SyncWorld.configured({
      gitlab: { 'README.md': 'x' },
      dot: { ...dot, 'notes/n7.md': 'password', 'notes/secret.md': 's' },
    });
    world.gitlab.setPushRules(world.project, { ...NAMES, blockedContent: /password/ });
    await world.sync();
    expect(Object.keys(await held(world)).sort()).toEqual(['notes/n7.md', 'notes/secret.md']);
    expect(Object.keys(world.onGitLab())).toHaveLength(25);
    expect(await world.lastRun('initial')).toMatchObject({ status: 'succeeded' });
  });
});

describe('A rule on messages or authors', () => {
  it('is met with a prefix that the reason names', async () => {
    const world = await worldWith({ commitMessagePattern: /^docs: / });
    await world.edit({ 'notes/a.md': '1' }, { message: 'First' });
    await world.sync();
    expect((await world.quarantined()).get('notes/a.md')?.detail).toContain('messagePrefix');
    await world.projects.update({ org: world.org, messagePrefix: 'docs: ' }, new FakeAct());
    await world.sync();
    await world.edit({ 'notes/a.md': '2' }, { message: 'Second' });
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': '2' });
    expect(world.log()[0].message).toMatch(/^docs: Second\n/);
  });

  it("is met by the token's user, and the author is credited", async () => {
    const world = await worldWith({ authorEmailPattern: /^ada@/ });
    const grace = { name: 'Grace', email: 'grace@elsewhere.example' };
    await world.edit({ 'notes/a.md': '1' }, { author: grace });
    await world.sync();
    expect((await world.quarantined()).get('notes/a.md')?.detail).toContain('fallbackAuthor');
    await world.projects.update({ org: world.org, fallbackAuthor: true }, new FakeAct());
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': '1' });
    expect(world.log()[0]).toMatchObject({
      author: { name: 'Ada' },
      message: expect.stringContaining('Co-authored-by: Grace <grace@elsewhere.example>'),
    });
  });
});
