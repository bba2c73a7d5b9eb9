import type { Call } from '@app/fake-gitlab';
import { meanwhile } from '../support/meanwhile';
import { Reviewer } from '../support/reviewer';
import { SyncWorld } from '../support/sync-world';

const WORK = 'dot/context';
const LOST = { kind: 'answer-lost' } as const;
const DOWN = { kind: 'server-error', status: 502, body: 'html' } as const;

/** Returns the commits that Dot's versions of a path are noted with, oldest first. */
async function noted({ store, org }: SyncWorld, path: string): Promise<(string | null)[]> {
  const { items } = await store.history(org, { path });
  return items.map(({ commit }) => commit).reverse();
}

describe('A commit whose answer is lost', () => {
  it('is found in the same attempt, and noted with its version', async () => {
    const world = await SyncWorld.synced();
    world.gitlab.calls.faults.add({ fault: LOST, on: 'commit' });
    await world.edit({ 'notes/a.md': 'b' });
    await world.sync();
    const [{ id }, ...rest] = world.log();
    expect(rest).toHaveLength(1);
    expect(await world.lastRun('push')).toMatchObject({ status: 'succeeded', attempt: 1, commits: [id] });
    expect((await noted(world, 'notes/a.md')).at(-1)).toBe(id);
    expect(await world.state()).toMatchObject({ inFlight: null, baseCommit: id, failures: 0 });
  });

  it('is found by the next attempt, before later edits are sent', async () => {
    const world = await SyncWorld.synced();
    world.gitlab.calls.faults.add({ fault: LOST, on: 'commit' });
    world.gitlab.calls.faults.add({ fault: DOWN, on: 'findCommit', times: 3 });
    await world.edit({ 'notes/a.md': 'b' });
    await world.takeTurns(1);
    expect((await world.state()).inFlight).not.toBeNull();
    await world.edit({ 'notes/a.md': 'c' });
    await world.sync();
    const [second, first, ...rest] = world.log();
    expect(rest).toHaveLength(1);
    expect(await noted(world, 'notes/a.md')).toEqual([expect.any(String), first.id, second.id]);
    expect(await world.conflicts()).toEqual([]);
    expect(await world.state()).toMatchObject({ inFlight: null, baseCommit: second.id });
  });

  it('is found on the work branch by the next attempt', async () => {
    const reviewer = await Reviewer.of();
    const { world } = reviewer;
    world.gitlab.calls.faults.add({ fault: LOST, on: 'commit' });
    world.gitlab.calls.faults.add({ fault: DOWN, on: 'findCommit', times: 3 });
    await world.edit({ 'notes/a.md': 'b' });
    await world.takeTurns(2);
    expect((await world.state()).inFlight).toMatchObject({ branch: WORK });
    await world.sync();
    const [{ id }] = world.gitlab.git.log(world.project, WORK);
    expect(reviewer.titles(WORK)).toHaveLength(1);
    expect(await world.lastRun('push')).toMatchObject({ status: 'succeeded', commits: [id] });
    expect(await world.state()).toMatchObject({ inFlight: null });
  });

  it.each([
    ['in the same attempt', () => undefined],
    [
      'by the next attempt',
      () => {
        throw new Error('the worker dies');
      },
    ],
  ])('is found on the configured branch %s, if a merge ended the work branch', async (_, end) => {
    const reviewer = await Reviewer.of();
    const { world } = reviewer;
    await world.edit({ 'notes/a.md': 'b' });
    await world.sync();
    world.gitlab.calls.faults.add({ fault: LOST, on: 'commit' });
    let sent: string | undefined;
    meanwhile(world, 'after', 'commit', () => {
      sent = world.gitlab.git.log('ada/context', WORK)[0].id;
      world.gitlab.reviewer.merge('ada/context');
      end();
    });
    await world.edit({ 'notes/a.md': 'c' });
    await world.sync();
    expect(reviewer.has(WORK)).toBe(false);
    expect((await noted(world, 'notes/a.md')).at(-1)).toBe(sent);
    expect(await world.lastRun('push')).toMatchObject({ commits: [sent] });
    expect(await world.state()).toMatchObject({ inFlight: null, proposal: { cycle: null } });
  });

  it('is no longer in flight if GitLab refuses it for good', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a' }, { pollSeconds: 0 });
    world.gitlab.protect(world.project, 'main', 0);
    await world.edit({ 'notes/a.md': 'ours' });
    await world.sync();
    expect(await world.state()).toMatchObject({ inFlight: null, blocked: { code: 'branch_protected' } });
  });

  it('is no longer in flight once GitLab refused it because the file changed', async () => {
    const world = await SyncWorld.synced();
    const operations: string[] = [];
    const inFlight: unknown[] = [];
    world.gitlab.calls.before = async ({ operation }: Call) => {
      if (operation === 'commit' && !operations.includes('commit'))
        await world.push({ 'notes/a.md': 'theirs' });
      if (operation === 'changesSince' && operations.includes('commit'))
        inFlight.push((await world.state()).inFlight);
      operations.push(operation);
    };
    await world.edit({ 'notes/a.md': 'ours' });
    await world.sync();
    expect(inFlight[0]).toBeNull();
    expect(operations).toContain('changesSince');
    expect(world.onGitLab()).toEqual(await world.dot());
  });
});

describe('The first commits of an empty project', () => {
  it('are one for all files, with a message that counts them', async () => {
    const world = await SyncWorld.configured({ dot: { 'notes/a.md': 'a', 'notes/b.md': 'b' } });
    await world.sync();
    expect(world.log().map(({ message }) => message.split('\n')[0])).toEqual([
      'Add 2 context files from Dot',
    ]);
    expect(await world.state()).toMatchObject({ snapshotDue: false, inFlight: null });
    expect((await world.state()).baseCommit).toBe(world.log()[0].id);
    world.gitlab.calls.reset();
    await world.edit({ 'notes/a.md': 'later' });
    await world.sync();
    expect(world.log()).toHaveLength(2);
  });

  it('names a file that is the only one', async () => {
    const world = await SyncWorld.configured({ dot: { 'notes/a.md': 'a' } });
    await world.sync();
    expect(world.log()[0].message.split('\n')[0]).toBe('Add notes/a.md from Dot');
  });
});
