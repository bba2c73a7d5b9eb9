import { FakeAct } from '@app/audit/testing';
import { Scope } from '@app/kernel';
import { meanwhile } from '../support/meanwhile';
import { SyncWorld } from '../support/sync-world';

const kept = async (world: SyncWorld) => {
  const [{ kept }] = await world.conflicts();
  const { blob } = (await world.store.version(world.org, kept.version))!;
  return blob && (await world.store.contents(world.org, [blob])).get(blob)?.toString();
};

describe('When both sides move at the same moment', () => {
  it('keeps the text that GitLab let our commit replace between its check and its writing', async () => {
    const world = await SyncWorld.synced();
    meanwhile(world, 'between', 'commit', () => world.push({ 'notes/a.md': 'theirs' }));
    await world.edit({ 'notes/a.md': 'ours' });
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'ours' });
    expect(await world.conflicts()).toMatchObject([{ path: 'notes/a.md', winner: 'local' }]);
    expect(await kept(world)).toBe('theirs');
  });

  it('keeps the text of a file that was replaced there while Dot moved it', async () => {
    const world = await SyncWorld.synced();
    meanwhile(world, 'between', 'commit', () => world.push({ 'notes/a.md': 'theirs' }));
    await world.change([{ op: 'move', from: 'notes/a.md', path: 'notes/b.md' }]);
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/b.md': 'a' });
    expect(await world.dot()).toEqual({ 'notes/b.md': 'a' });
    expect(await world.conflicts()).toMatchObject([{ path: 'notes/a.md', winner: 'local' }]);
    expect(await kept(world)).toBe('theirs');
  });

  it('sees later versions of our files if others pushed right before and right after our commit', async () => {
    const world = await SyncWorld.synced();
    meanwhile(world, 'between', 'commit', () => world.push({ 'notes/c.md': 'c' }));
    meanwhile(world, 'after', 'commit', () => world.push({ 'notes/b.md': null }));
    await world.edit({ 'notes/b.md': 'b' });
    await world.sync();
    expect(await world.dot()).toEqual({ 'notes/a.md': 'a', 'notes/c.md': 'c' });
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'a', 'notes/c.md': 'c' });
  });

  it('sees them also if GitLab fails before the others’ commits are taken in', async () => {
    const world = await SyncWorld.synced();
    meanwhile(world, 'between', 'commit', () => world.push({ 'notes/c.md': 'c' }));
    meanwhile(world, 'after', 'commit', () => world.push({ 'notes/b.md': null }));
    world.gitlab.calls.faults.add({ fault: { kind: 'reset' }, on: 'changesSince', times: 2 });
    await world.edit({ 'notes/b.md': 'b' });
    await world.sync();
    expect(await world.dot()).toEqual({ 'notes/a.md': 'a', 'notes/c.md': 'c' });
  });

  it('replays changes made in Dot while the first comparison read GitLab', async () => {
    const world = await SyncWorld.configured({
      gitlab: { 'notes/a.md': 'theirs', 'notes/b.md': 'b' },
      dot: { 'notes/a.md': 'ours' },
      onConflict: 'dot',
    });
    meanwhile(world, 'before', 'readFiles', () => world.edit({ 'notes/a.md': null }));
    await world.sync();
    expect(await world.dot()).toEqual({ 'notes/b.md': 'b' });
    expect(world.onGitLab()).toEqual({ 'notes/b.md': 'b' });
  });

  it('decides again for a file that was edited and put back while a pull read it', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a', 'notes/b.md': 'b', 'notes/c.md': 'c' });
    await world.push({ 'notes/a.md': null, 'notes/b.md': 'B' });
    meanwhile(world, 'before', 'readFiles', async () => {
      await world.edit({ 'notes/a.md': 'x' });
      await world.edit({ 'notes/a.md': 'a' });
    });
    await world.sync();
    expect(await world.dot()).toEqual({ 'notes/b.md': 'B', 'notes/c.md': 'c' });
    expect(world.onGitLab()).toEqual(await world.dot());
  });

  it('does not send a commit twice that it cannot look up because the branch is gone for a while', async () => {
    const world = await SyncWorld.synced();
    world.gitlab.calls.faults.add({ fault: { kind: 'answer-lost' }, on: 'commit' });
    world.gitlab.calls.faults.add({ fault: { kind: 'reset' }, on: 'findCommit' });
    await world.edit({ 'notes/a.md': 'A' });
    await world.engine.processOrg.execute(world.org);
    world.gitlab.git.renameDefaultBranch(world.project, 'trunk');
    await world.sync();
    expect((await world.state()).blocked?.code).toBe('branch_gone');
    world.gitlab.git.push(world.project, 'trunk', { files: { 'notes/a.md': 'theirs' } });
    world.gitlab.git.createBranch(world.project, 'main', 'trunk');
    await world.engine.request.byPerson(world.org, 'push', new FakeAct());
    await world.sync();
    expect(world.log().filter(({ message }) => message.includes('Dot-Change-Id'))).toHaveLength(1);
  });

  it('sends nothing any more when its process stood still for longer than the lease lasts', async () => {
    const world = await SyncWorld.synced();
    await world.edit({ 'notes/a.md': 'A' });
    const { store, clock } = world;
    const { save } = world.engine.states;
    world.engine.states.save = async (org, patch) => {
      await save.call(world.engine.states, org, patch);
      if (patch.inFlight) world.transactions.afterCommit(() => clock.advance(31_000));
    };
    await world.engine.processOrg.execute(world.org);
    expect(world.log()).toHaveLength(1);
    world.engine.states.save = save;
    await world.sync();
    expect(world.log()).toHaveLength(2);
    expect(await store.countMadeInDotAfter(world.org, (await world.state()).pushedRevision)).toBe(0);
  });

  it('continues stopped work, if a person requests it while a pull is reading', async () => {
    const world = await SyncWorld.synced();
    world.gitlab.protect(world.project, 'main', 0);
    await world.edit({ 'notes/a.md': 'A' });
    await world.sync();
    await world.push({ 'notes/b.md': 'b' });
    meanwhile(world, 'before', 'readFiles', async () => {
      world.gitlab.unprotect(world.project, 'main');
      await world.engine.request.byPerson(world.org, 'push', new FakeAct());
    });
    await world.sync();
    expect((await world.state()).blocked).toBeNull();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'A', 'notes/b.md': 'b' });
  });

  it('knows its base again when the scope is narrowed, GitLab fails, and the scope is widened back', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a', 'skills/s.md': 's' });
    const { org } = world;
    await world.projects.update({ org, directories: ['skills'] }, new FakeAct());
    world.gitlab.calls.faults.add({ fault: { kind: 'reset' }, on: 'branch' });
    await world.events.settled();
    await world.engine.processOrg.execute(org);
    await world.projects.update({ org, directories: Scope.defaultDirectories }, new FakeAct());
    await world.sync();
    expect([...(await world.engine.base.all(org)).keys()].sort()).toEqual(['notes/a.md', 'skills/s.md']);
  });
});

it('polls an empty repository without taking it for a branch that is gone', async () => {
  const world = await SyncWorld.configured();
  await world.sync();
  for (let poll = 0; poll < 3; poll++) {
    world.clock.advance(30 * 60_000);
    await world.engine.sweeper.sweepOnce();
    await world.sync();
  }
  expect((await world.state()).blocked).toBeNull();
});

it('is well again once the failed run was cancelled', async () => {
  const world = await SyncWorld.synced();
  world.gitlab.calls.faults.add({ fault: { kind: 'reset' }, on: 'commit' });
  await world.edit({ 'notes/a.md': 'A' });
  await world.engine.processOrg.execute(world.org);
  await world.engine.answer.cancel(world.org, (await world.lastRun('push')).id, new FakeAct());
  expect((await world.state()).failure).not.toBeNull();
  world.clock.advance(30 * 60_000);
  await world.engine.sweeper.sweepOnce();
  await world.engine.processOrg.execute(world.org);
  expect(await world.state()).toMatchObject({ failure: null, failures: 0 });
});

it('does not take a branch that is set back to the base for equal while a pull is about to leave it', async () => {
  const world = await SyncWorld.synced();
  const { baseCommit } = await world.state();
  const base = async () =>
    (await world.engine.service.webhookContext([world.org])).get(world.org)!.baseCommit;
  let during: string | null = 'never asked';
  meanwhile(world, 'after', 'changesSince', async () => (during = await base()));
  const head = await world.push({ 'notes/a.md': 'b' });
  expect(await base()).toBe(baseCommit);
  await world.sync();
  expect(during).toBeNull();
  expect(await base()).toBe(head);
});
