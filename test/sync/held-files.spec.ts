import { FakeAct } from '@app/audit/testing';
import { SyncWorld } from '../support/sync-world';

/** Put together here, so that no scanner takes this file for a leak. */
const LEAK = `Use ${['glpat', 'a1B2c3D4e5F6g7H8i9J0'].join('-')}\n`;

const held = async (world: SyncWorld) => [...(await world.quarantined()).keys()];

describe('A file that a push held back', () => {
  it('is let in once Dot has GitLab’s text again, without a commit', async () => {
    const world = await SyncWorld.synced();
    await world.edit({ 'notes/a.md': LEAK });
    await world.sync();
    expect(await held(world)).toEqual(['notes/a.md']);
    const commits = world.log().length;
    await world.edit({ 'notes/a.md': 'a' });
    await world.sync();
    expect(await held(world)).toEqual([]);
    expect(world.log()).toHaveLength(commits);
  });

  it('is let in once Dot deletes it', async () => {
    const world = await SyncWorld.synced();
    await world.edit({ 'notes/leak.md': LEAK });
    await world.sync();
    await world.edit({ 'notes/leak.md': null });
    await world.sync();
    expect(await held(world)).toEqual([]);
  });

  it('stays held for a rule on large files after a pull, if auto-sync is off', async () => {
    const attributes = 'notes/*.md filter=lfs diff=lfs merge=lfs -text\n';
    const world = await SyncWorld.synced({ '.gitattributes': attributes, 'skills/s.md': 's' });
    await world.edit({ 'notes/large.md': 'large' });
    await world.sync();
    expect(await held(world)).toEqual(['notes/large.md']);
    await world.projects.update({ org: world.org, autoSync: false }, new FakeAct());
    await world.events.settled();
    await world.push({ 'skills/s.md': 'theirs' });
    await world.sync();
    expect((await world.quarantined()).get('notes/large.md')).toMatchObject({ reason: 'lfs_tracked' });
  });

  it('is counted by the run if GitLab refuses it', async () => {
    const world = await SyncWorld.synced();
    world.gitlab.setPushRules(world.project, { prohibitedFileNames: /secret/ });
    await world.edit({ 'notes/secret.md': 's', 'notes/b.md': 'b' });
    await world.sync();
    expect(await world.lastRun('push')).toMatchObject({ counts: { created: 1, quarantined: 1 } });
  });
});

it('asks GitLab about no file if it limits the rate of a commit', async () => {
  const world = await SyncWorld.synced();
  world.gitlab.calls.faults.add({ fault: { kind: 'rate-limit', style: 'application' }, on: 'commit' });
  await world.edit({ 'notes/b.md': 'b' });
  await world.takeTurns(1);
  expect(world.gitlab.calls.all.map(({ operation }) => operation)).toEqual(['commit']);
  expect(await world.state()).toMatchObject({ inFlight: null, failure: { code: 'rate_limited' } });
});
