import { randomUUID } from 'node:crypto';
import { FakeAct } from '@app/audit/testing';
import { SyncWorld } from '../support/sync-world';

const put = (path: string, text: string) => ({ op: 'put' as const, path, content: Buffer.from(text) });

describe('A push', () => {
  it('makes each change one commit, in order, by its author, for one call each', async () => {
    const world = await SyncWorld.synced();
    const grace = { name: 'Grace', email: 'grace@example.com' };
    await world.edit({ 'notes/a.md': '1', 'notes/b.md': 'b' }, { message: 'First' });
    await world.edit({ 'notes/b.md': null }, { message: 'Second', author: grace, origin: 'agent' });
    await world.sync();
    const [second, first] = world.log();
    expect(first).toMatchObject({ author: { name: 'Ada' } });
    expect(first.message).toMatch(/^First\n\nDot-Change-Id: \S+\nDot-Source: user$/);
    expect(second).toMatchObject({ author: grace });
    expect(second.message).toMatch(/^Second\n\nDot-Change-Id: \S+\nDot-Source: agent$/);
    expect(world.onGitLab()).toEqual({ 'notes/a.md': '1' });
    expect(world.calls()).toBe(2);
  });

  it('notes the commit in the history of the change', async () => {
    const world = await SyncWorld.synced();
    await world.edit({ 'notes/a.md': '1' });
    await world.sync();
    const { items } = await world.store.history(world.org, { path: 'notes/a.md' });
    expect(items[0].commit).toBe(world.log()[0].id);
  });

  it('notes what of the change its commit left out: held back, out of scope, or overtaken', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a', 'notes/same.md': 'x\n' });
    const edits = ['notes/a.md', 'notes/b.md', 'private/p.md'].map((path) => put(path, `of ${path}`));
    const leak = put('notes/leak.md', ['glpat', 'a1B2c3D4e5F6g7H8i9J0'].join('-'));
    await world.change([...edits, leak, put('notes/same.md', 'x\r\n')], { id: 'c1' });
    world.clock.advance(60_000);
    world.gitlab.git.push(world.project, 'main', { files: { 'notes/a.md': 'newest' } });
    await world.sync();
    const changes = await world.store.changesAfter(world.org, 0, 100);
    expect(changes.find(({ id }) => id === 'c1')).toMatchObject({
      commit: world.log()[0].id,
      leftOut: ['notes/a.md', 'notes/leak.md', 'private/p.md'],
    });
    expect(world.onGitLab()).toMatchObject({ 'notes/a.md': 'newest', 'notes/b.md': 'of notes/b.md' });
  });

  it('makes no commit for a change outside of the scope, nor for one GitLab has already', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'x\n' });
    await world.edit({ 'private/p.md': 'p' });
    await world.edit({ 'notes/a.md': 'x\r\n' });
    await world.sync();
    expect(world.log()).toHaveLength(1);
    expect((await world.state()).pushedRevision).toBe(await world.store.revision(world.org));
  });

  it('moves a file as a move', async () => {
    const world = await SyncWorld.synced();
    await world.change([{ op: 'move', from: 'notes/a.md', path: 'notes/c.md' }]);
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/c.md': 'a' });
  });

  it('waits for a person where auto-sync is off', async () => {
    const world = await SyncWorld.synced();
    await world.projects.update({ org: world.org, autoSync: false }, new FakeAct());
    await world.edit({ 'notes/a.md': '1' });
    await world.sync();
    expect(world.log()).toHaveLength(1);
    await world.engine.request.byPerson(world.org, 'push', new FakeAct());
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': '1' });
  });

  it('takes in a foreign commit that came in between', async () => {
    const world = await SyncWorld.synced();
    await world.edit({ 'notes/a.md': 'ours' });
    world.gitlab.git.push(world.project, 'main', { files: { 'notes/b.md': 'theirs' } });
    await world.sync();
    const both = { 'notes/a.md': 'ours', 'notes/b.md': 'theirs' };
    expect(world.onGitLab()).toEqual(both);
    expect(await world.dot()).toEqual(both);
    expect(await world.state()).toMatchObject({ baseCommit: world.log()[0].id });
  });

  it.each([
    ['the answer is lost', { kind: 'answer-lost' }],
    ['the server fails after the effect', { kind: 'server-error', status: 500, body: 'json', late: true }],
    ['the server fails before the effect', { kind: 'server-error', status: 502, body: 'html' }],
    ['the connection breaks', { kind: 'reset' }],
    ['GitLab limits the rate', { kind: 'rate-limit', style: 'application' }],
    ['another push wins the race', { kind: 'lost-race' }],
  ] as const)('makes one commit if %s', async (_, fault) => {
    const world = await SyncWorld.synced();
    world.gitlab.calls.faults.add({ fault, on: 'commit' });
    await world.edit({ 'notes/a.md': '1' });
    await world.sync();
    expect(world.gitlab.calls.faults.pending).toBe(0);
    expect(world.log()).toHaveLength(2);
    expect(world.onGitLab()).toEqual({ 'notes/a.md': '1' });
    expect(await world.state()).toMatchObject({ inFlight: null, failure: null, failures: 0 });
  });

  it('adopts a commit that a worker sent before it died', async () => {
    const world = await SyncWorld.synced();
    world.gitlab.calls.after = ({ operation }) => {
      if (operation === 'commit') throw new Error('the worker dies');
    };
    await world.edit({ 'notes/a.md': '1' });
    await world.sync();
    world.gitlab.calls.after = () => undefined;
    expect(world.log()).toHaveLength(2);
    await world.sync();
    expect(world.log()).toHaveLength(2);
    expect(await world.state()).toMatchObject({ inFlight: null, baseCommit: world.log()[0].id });
  });

  it('does not take a commit for missing while the branch that may hold it is gone', async () => {
    const world = await SyncWorld.synced();
    world.gitlab.git.createBranch(world.project, 'next');
    let head = '';
    world.gitlab.calls.after = ({ operation }) => {
      if (operation !== 'commit') return;
      world.gitlab.calls.after = () => undefined;
      head = world.log()[0].id;
      world.gitlab.git.deleteBranch(world.project, 'main');
      throw new Error('the worker dies');
    };
    await world.edit({ 'notes/a.md': '1' });
    await world.sync();
    expect((await world.state()).inFlight).not.toBeNull();
    world.gitlab.git.reset(world.project, 'main', head);
    await world.credentials.check(world.org, new FakeAct());
    await world.sync();
    expect(world.log()).toHaveLength(2);
    expect(await world.state()).toMatchObject({ inFlight: null, baseCommit: head, failure: null });
  });

  it('stops at a protected branch, reports it, keeps pending changes, and continues on request', async () => {
    const world = await SyncWorld.synced();
    world.gitlab.protect(world.project, 'main', 0);
    await world.edit({ 'notes/a.md': '1' });
    await world.sync();
    expect(await world.lastRun('push')).toMatchObject({
      status: 'failed',
      error: { code: 'branch_protected', retryAt: null },
    });
    await world.push({ 'notes/b.md': 'pulls go on' });
    await world.sync();
    expect(await world.dot()).toEqual({ 'notes/a.md': '1', 'notes/b.md': 'pulls go on' });
    world.gitlab.unprotect(world.project, 'main');
    await world.credentials.check(world.org, new FakeAct());
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': '1', 'notes/b.md': 'pulls go on' });
  });

  it('goes on looking at GitLab while pushes are stopped, also without a webhook, and does not look in vain', async () => {
    const world = await SyncWorld.synced();
    const due = () => world.engine.states.due(world.clock.now(), 10);
    const sweep = async () => {
      while (await world.engine.sweeper.sweepOnce()) await world.sync();
    };
    world.gitlab.protect(world.project, 'main', 0);
    await world.edit({ 'notes/a.md': '1' });
    await world.sync();
    world.clock.advance(3_600_000);
    await sweep();
    await world.edit({ 'notes/a.md': '2' });
    await world.sync();
    expect(await due()).toEqual([]);

    world.gitlab.git.push(world.project, 'main', { files: { 'notes/b.md': 'from GitLab' } });
    world.clock.advance(3_600_000);
    expect(await due()).toEqual([world.org]);
    await sweep();
    expect(await world.dot()).toEqual({ 'notes/a.md': '2', 'notes/b.md': 'from GitLab' });
    expect(await due()).toEqual([]);

    world.gitlab.unprotect(world.project, 'main');
    await world.credentials.check(world.org, new FakeAct());
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': '2', 'notes/b.md': 'from GitLab' });
  });

  it('wants to push again after all was stopped while pushes were', async () => {
    const world = await SyncWorld.synced();
    world.gitlab.protect(world.project, 'main', 0);
    await world.edit({ 'notes/a.md': '1' });
    await world.sync();
    expect(await world.state()).toMatchObject({ blocked: { scope: 'push', kinds: ['push'] } });
    world.token.revoked = true;
    await world.hear();
    await world.sync();
    expect(await world.state()).toMatchObject({ blocked: { scope: 'all', kinds: ['push', 'pull'] } });

    world.token.revoked = false;
    world.gitlab.unprotect(world.project, 'main');
    await world.credentials.check(world.org, new FakeAct());
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': '1' });
  });

  it('stops at an archived project, and goes on once it is no longer', async () => {
    const world = await SyncWorld.synced();
    world.gitlab.archive(world.project);
    await world.edit({ 'notes/a.md': '1' });
    await world.sync();
    expect(await world.lastRun('push')).toMatchObject({
      status: 'failed',
      error: { code: 'project_archived' },
    });
    world.gitlab.archive(world.project, false);
    await world.engine.request.byPerson(world.org, 'push', new FakeAct());
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': '1' });
  });

  it('is woken once for a request of a person', async () => {
    const world = await SyncWorld.synced();
    const woken = jest.spyOn(world.wakeQueue, 'wake');
    await world.engine.request.byPerson(world.org, 'push', new FakeAct());
    expect(woken.mock.calls).toEqual([[world.org]]);
  });

  it('goes on in a project that moved', async () => {
    const world = await SyncWorld.synced();
    const { project } = world;
    world.gitlab.move(project, 'elsewhere/renamed');
    await world.edit({ 'notes/a.md': '1' });
    await world.sync();
    world.gitlab.git.push(project, 'main', { files: { 'notes/b.md': 'b' } });
    await world.hear();
    await world.sync();
    expect(await world.dot()).toEqual({ 'notes/a.md': '1', 'notes/b.md': 'b' });
  });

  it('reports its progress', async () => {
    const world = await SyncWorld.synced();
    for (let i = 0; i < 30; i++) await world.edit({ 'notes/a.md': `${i}` });
    await world.engine.processOrg.execute(world.org);
    expect(await world.lastRun('push')).toMatchObject({
      status: 'queued',
      progress: { done: 20, total: 30 },
    });
    await world.sync();
    expect(await world.lastRun('push')).toMatchObject({
      status: 'succeeded',
      progress: { done: 30, total: 30 },
    });
  });

  it('keeps the bytes but for line endings, and does not take them for an edit', async () => {
    const world = await SyncWorld.synced();
    await world.edit({ 'notes/a.md': 'one\r\ntwo\r\n', 'notes/empty.md': '', 'notes/bom.md': '\uFEFFx' });
    await world.sync();
    await world.hear();
    await world.sync();
    expect(await world.dot()).toEqual({
      'notes/a.md': 'one\r\ntwo\r\n',
      'notes/bom.md': '\uFEFFx',
      'notes/empty.md': '',
    });
    expect(world.onGitLab()).toEqual({
      'notes/a.md': 'one\ntwo\n',
      'notes/bom.md': '\uFEFFx',
      'notes/empty.md': '',
    });
    expect(world.log()).toHaveLength(2);
  });

  it('holds back a file whose place is taken on GitLab, goes on with the rest, and ships it when the place is free', async () => {
    const world = await SyncWorld.synced();
    await world.push({ 'notes/d.md/picture.png': 'not ours' });
    await world.sync();
    await world.edit({ 'notes/d.md': 'd', 'notes/e.md': 'e' });
    await world.sync();
    expect(world.onGitLab()).toEqual({
      'notes/a.md': 'a',
      'notes/d.md/picture.png': 'not ours',
      'notes/e.md': 'e',
    });
    expect([...(await world.quarantined()).keys()]).toEqual(['notes/d.md']);
    await world.push({ 'notes/d.md/picture.png': null });
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'a', 'notes/d.md': 'd', 'notes/e.md': 'e' });
    expect((await world.quarantined()).size).toBe(0);
  });

  it('breaks a loop of two programs that undo each other, says so, and goes on with a third text', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'formatted' });
    for (let round = 0; round < 8; round++) {
      await world.edit({ 'notes/a.md': 'written' });
      await world.sync();
      if (world.onGitLab()['notes/a.md'] === 'formatted') break;
      await world.push({ 'notes/a.md': 'formatted' });
      await world.sync();
    }
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'formatted' });
    expect((await world.quarantined()).get('notes/a.md')).toMatchObject({
      side: 'local',
      reason: 'ping_pong',
    });
    await world.edit({ 'notes/a.md': 'settled' });
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'settled' });
    expect((await world.quarantined()).size).toBe(0);
  });

  it('lets other orgs have a turn: a long queue is pushed in slices', async () => {
    const world = await SyncWorld.synced();
    for (let i = 0; i < 45; i++) await world.edit({ 'notes/a.md': `${i}` }, { id: randomUUID() });
    world.wakeQueue.wake(world.org);
    expect(await world.engine.processOrg.execute(world.org)).toBe(0);
    expect(world.log()).toHaveLength(21);
    await world.sync();
    expect(world.log()).toHaveLength(46);
  });
});
