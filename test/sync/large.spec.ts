import { FakeAct } from '@app/audit/testing';
import { Reviewer } from '../support/reviewer';
import { SyncWorld } from '../support/sync-world';

const MB = 1024 * 1024;
const large = (count: number) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`notes/n${n}.md`, `${n}\n`.padEnd(MB - 1, 'text \n')]),
  );

describe('A pull of many large texts', () => {
  it('is recorded in parts, each once, although GitLab fails in between', async () => {
    const world = await SyncWorld.synced();
    const texts = large(40);
    let revision = 0;
    let reads = 0;
    world.gitlab.calls.before = async ({ operation }) => {
      if (operation !== 'readFiles') return;
      reads++;
      if (reads > 1 && !revision) {
        revision = await world.store.revision(world.org);
        throw new Error('GitLab hangs up');
      }
    };
    await world.push({ ...texts, 'notes/a.md': null });
    await world.sync();
    expect(Object.keys(await world.dot()).sort()).toEqual(Object.keys(texts).sort());
    const { items } = await world.store.history(world.org, { limit: 200 });
    expect(items.filter(({ path }) => path in texts)).toHaveLength(40);
    expect(await world.state()).toMatchObject({ baseCommit: world.log()[0].id, failure: null });
    expect(await world.lastRun('pull')).toMatchObject({ counts: { created: 40, deleted: 1, conflicts: 0 } });
  });
});

describe('Many edits of one file', () => {
  it('are all searched for the version that landed', async () => {
    const reviewer = await Reviewer.of();
    const { world } = reviewer;
    for (let n = 0; n < 60; n++) await world.edit({ 'notes/a.md': `version ${n}\r\n` });
    await world.sync();
    expect(reviewer.titles('dot/context')).toHaveLength(60);
    await world.push({ 'notes/a.md': 'version 3\n' });
    await world.sync();
    expect(await world.conflicts()).toEqual([]);
    expect(await world.dot()).toEqual({ 'notes/a.md': 'version 59\r\n' });
    expect(reviewer.files('main')).toEqual({ 'notes/a.md': 'version 3\n' });
    await world.push({ 'notes/a.md': 'of nobody\n' });
    await world.sync();
    expect(await world.conflicts()).toMatchObject([{ path: 'notes/a.md' }]);
  });

  it('are all pending, with the time of the oldest', async () => {
    const world = await SyncWorld.synced();
    await world.projects.update({ org: world.org, autoSync: false }, new FakeAct());
    await world.edit({ 'notes/a.md': 'first' });
    const oldestPendingAt = world.clock.now();
    for (let n = 1; n < 230; n++) await world.edit({ 'notes/a.md': `${n}`, [`notes/n${n % 5}.md`]: `${n}` });
    const target = await world.projects.target(world.org);
    expect(await world.engine.status.execute(world.org, target)).toMatchObject({
      ...{ pendingPush: 230, oldestPendingAt, files: { total: 6, dotAhead: 6, inSync: 0 } },
    });
    const { push } = await world.engine.plan.execute(world.org);
    expect(push.map(({ path }) => path).sort()).toEqual([
      'notes/a.md',
      ...Array.from({ length: 5 }, (_, n) => `notes/n${n}.md`),
    ]);
    await world.engine.request.byPerson(world.org, 'push', new FakeAct());
    await world.sync();
    expect(world.log()).toHaveLength(231);
    expect(world.onGitLab()).toEqual(await world.dot());
  });
});
