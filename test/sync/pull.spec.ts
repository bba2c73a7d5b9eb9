import { FakeAct } from '@app/audit/testing';
import { lfsFile, submodule, symlink } from '@app/fake-gitlab';
import { SyncWorld } from '../support/sync-world';

const many = (count: number, text = 'x') =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`notes/${i}.md`, `${text}${i}`]));

describe('A pull', () => {
  it('takes only what changed, as one change by the author of the commit', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
    const head = await world.push({ 'notes/a.md': '1', 'notes/c.md': 'c' }, { message: 'Explain a' });
    await world.sync();
    expect(await world.dot()).toEqual({ 'notes/a.md': '1', 'notes/b.md': 'b', 'notes/c.md': 'c' });
    const { items } = await world.store.history(world.org, { path: 'notes/a.md' });
    expect(items[0]).toMatchObject({
      origin: 'gitlab',
      author: { name: 'Grace' },
      commit: head,
      message: expect.stringContaining('Explain a'),
    });
    expect(world.calls()).toBeLessThanOrEqual(3);
  });

  it('costs one call if nothing changed, and ignores our own commit', async () => {
    const world = await SyncWorld.synced();
    await world.edit({ 'notes/a.md': '1' });
    await world.sync();
    world.gitlab.calls.reset();
    const revision = await world.store.revision(world.org);
    await world.hear();
    await world.sync();
    expect(world.calls()).toBe(1);
    expect(await world.store.revision(world.org)).toBe(revision);
  });

  it('catches up with many pushes together, though only one signal arrives', async () => {
    const world = await SyncWorld.synced();
    for (let i = 0; i < 30; i++)
      world.gitlab.git.push(world.project, 'main', { files: { [`notes/${i}.md`]: `${i}` } });
    await world.hear();
    await world.sync();
    expect(Object.keys(await world.dot())).toHaveLength(31);
  });

  it.each<[string, (world: SyncWorld) => unknown]>([
    [
      'a force push',
      ({ gitlab, project }) =>
        gitlab.git.forcePush(project, 'main', { files: { 'notes/a.md': 'a', 'notes/z.md': 'z' } }),
    ],
    [
      'an orphan history that is collected',
      ({ gitlab, project }) => {
        gitlab.git.forcePush(project, 'main', { files: { 'notes/a.md': 'a', 'notes/z.md': 'z' } });
        gitlab.git.collectGarbage(project);
      },
    ],
    [
      'a reset to an older commit',
      ({ gitlab, project, log }) =>
        gitlab.git.reset(project, 'main', gitlab.git.log(project, 'main').at(-1)!.id ?? log),
    ],
    [
      'a merge',
      ({ gitlab, project }) => {
        gitlab.git.createBranch(project, 'side');
        gitlab.git.push(project, 'side', { files: { 'notes/z.md': 'z' } });
        gitlab.git.push(project, 'main', { files: { 'notes/y.md': 'y' } });
        gitlab.git.merge(project, 'main', 'side');
      },
    ],
    [
      'a rename with an edit',
      ({ gitlab, project }) => gitlab.git.push(project, 'main', { rename: { 'notes/b.md': 'notes/r.md' } }),
    ],
    [
      'the branch deleted and made again',
      ({ gitlab, project }) => {
        const head = gitlab.git.head(project, 'main');
        gitlab.git.deleteBranch(project, 'main');
        gitlab.git.createBranch(project, 'main', head);
        gitlab.git.push(project, 'main', { files: { 'notes/z.md': 'z' } });
      },
    ],
  ])('follows %s', async (_, happens) => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
    await world.push({ 'notes/b.md': 'b2', 'notes/c.md': 'c' });
    await world.sync();
    happens(world);
    await world.hear();
    await world.sync();
    expect(await world.dot()).toEqual(world.onGitLab());
    expect(await world.lastRun('pull')).toMatchObject({ status: 'succeeded' });
  });

  it.each<[string, (world: SyncWorld) => unknown, string]>([
    ['the branch', ({ gitlab, project }) => gitlab.git.deleteBranch(project, 'main'), 'branch_gone'],
    ['the project', ({ gitlab, project }) => gitlab.deleteProject(project), 'project_gone'],
  ])('stops and deletes nothing if %s is gone', async (_, happens, code) => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
    world.gitlab.git.createBranch(world.project, 'other');
    happens(world);
    await world.hear();
    await world.sync();
    expect(await world.lastRun('pull')).toMatchObject({ status: 'failed', error: { code, retryAt: null } });
    expect(Object.keys(await world.dot())).toHaveLength(2);
  });

  it('reads thousands of changes by comparing trees', async () => {
    const world = await SyncWorld.synced();
    await world.push(many(1200));
    await world.sync();
    expect(await world.dot()).toEqual(world.onGitLab());
  });

  it('quarantines a bad file with its reason, keeps the last good version, and goes on with the rest', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'good' }, { maxFileBytes: 1000 });
    await world.push({
      'notes/a.md': Buffer.from([0xff, 0xfe]),
      'notes/big.md': 'x'.repeat(1001),
      'notes/broken.yaml': 'a: [',
      'notes/link.md': symlink('a.md'),
      'notes/module.md': submodule('1'.repeat(40)),
      'notes/pointer.md': lfsFile('x'),
      'notes/fine.md': 'fine',
    });
    await world.sync();
    expect(await world.dot()).toEqual({ 'notes/a.md': 'good', 'notes/fine.md': 'fine' });
    const reasons = [...(await world.quarantined())].map(([path, { reason }]) => [path, reason]);
    expect(reasons).toEqual([
      ['notes/a.md', 'not_utf8'],
      ['notes/big.md', 'too_big'],
      ['notes/broken.yaml', 'yaml_invalid'],
      ['notes/link.md', 'symlink'],
      ['notes/module.md', 'submodule'],
      ['notes/pointer.md', 'lfs_pointer'],
    ]);
    await world.push({ 'notes/a.md': 'mended', 'notes/link.md': null });
    await world.sync();
    expect(await world.dot()).toMatchObject({ 'notes/a.md': 'mended' });
    expect([...(await world.quarantined()).keys()]).toEqual([
      'notes/big.md',
      'notes/broken.yaml',
      'notes/module.md',
      'notes/pointer.md',
    ]);
  });

  describe('that would delete much', () => {
    it('asks first, and goes on when a person agrees', async () => {
      const world = await SyncWorld.synced(many(20));
      await world.push(Object.fromEntries(Object.keys(many(15)).map((path) => [path, null])));
      await world.sync();
      const run = await world.lastRun('pull');
      expect(run).toMatchObject({
        status: 'awaiting_confirmation',
        error: { code: 'mass_delete_unconfirmed' },
      });
      expect(Object.keys(await world.dot())).toHaveLength(20);
      await world.engine.answer.confirm(world.org, run.id, new FakeAct());
      await world.sync();
      expect(Object.keys(await world.dot())).toHaveLength(5);
    });

    it('takes back the question when GitLab has the files again', async () => {
      const world = await SyncWorld.synced(many(20));
      const before = world.gitlab.git.head(world.project, 'main');
      await world.push(Object.fromEntries(Object.keys(many(15)).map((path) => [path, null])));
      await world.sync();
      world.gitlab.git.reset(world.project, 'main', before);
      await world.hear();
      await world.sync();
      expect((await world.engine.runs.open(world.org)).length).toBe(0);
      expect(Object.keys(await world.dot())).toHaveLength(20);
    });

    it('does not take a renamed directory for a deletion', async () => {
      const world = await SyncWorld.synced(many(20));
      await world.push({}, { rename: { notes: 'skills' } });
      await world.sync();
      expect(await world.lastRun('pull')).toMatchObject({ status: 'succeeded' });
      expect(await world.dot()).toEqual(world.onGitLab());
    });
  });

  it('retries by itself after an outage, and says when', async () => {
    const world = await SyncWorld.synced();
    world.gitlab.calls.faults.add({ fault: { kind: 'server-error', status: 503, body: 'html' }, times: 3 });
    await world.push({ 'notes/a.md': '1' });
    world.wakeQueue.wake(world.org);
    await world.engine.processOrg.execute(world.org);
    expect(await world.lastRun('pull')).toMatchObject({
      status: 'queued',
      error: { code: 'gitlab_unavailable', retryAt: expect.any(Date) },
    });
    await world.sync();
    expect(await world.dot()).toEqual({ 'notes/a.md': '1' });
  });

  it('stops with a dead token, and goes on after reconnecting', async () => {
    const world = await SyncWorld.synced();
    const { credentials, org, token } = world;
    token.revoked = true;
    await world.push({ 'notes/a.md': '1' });
    await world.sync();
    expect(await world.lastRun('pull')).toMatchObject({
      status: 'failed',
      error: { code: 'token_rejected' },
    });
    const stopped = world.gitlab.calls.all.length;
    world.gitlab.git.push(world.project, 'main', { files: { 'notes/a.md': '2' } });
    await world.hear();
    await world.sync();
    expect(world.gitlab.calls.all.length).toBe(stopped);
    expect(stopped).toBeGreaterThan(0);
    token.revoked = false;
    await credentials.check(org, new FakeAct());
    await world.sync();
    expect(await world.dot()).toEqual({ 'notes/a.md': '2' });
  });

  it('warns once that the webhook is silent if it worked before', async () => {
    const world = await SyncWorld.synced();
    const silent: string[] = [];
    world.events.on('webhook.silent.v1', ({ org }) => void silent.push(org));
    await world.engine.states.noteWebhooks([world.org], world.clock.now());
    for (const text of ['1', '2']) {
      world.gitlab.git.push(world.project, 'main', { files: { 'notes/a.md': text } });
      world.clock.advance(3_600_000);
      await world.engine.sweeper.sweepOnce();
      await world.sync();
      expect(await world.dot()).toEqual({ 'notes/a.md': text });
    }
    expect(silent).toEqual([world.org]);
  });

  it('heals a lost webhook by polling, in one cheap call per look', async () => {
    const world = await SyncWorld.synced();
    world.gitlab.git.push(world.project, 'main', { files: { 'notes/a.md': '1' } });
    world.clock.advance(200_000);
    expect(await world.engine.sweeper.sweepOnce()).toBe(1);
    await world.sync();
    expect(await world.dot()).toEqual({ 'notes/a.md': '1' });
    expect(await world.lastRun('pull')).toMatchObject({ trigger: 'poll' });
    world.gitlab.calls.reset();
    world.clock.advance(200_000);
    await world.engine.sweeper.sweepOnce();
    await world.sync();
    expect(world.calls()).toBe(1);
  });
});
