import { FakeAct } from '@app/audit/testing';
import { Reviewer } from '../support/reviewer';
import { SyncWorld } from '../support/sync-world';

const WORK = 'dot/context';

describe('A proposal whose first commit GitLab refuses', () => {
  it.each([
    ['appeared', { 'notes/b.md': 'theirs' }, { 'notes/b.md': 'mine' }],
    ['went', { 'notes/a.md': null }, { 'notes/a.md': 'mine' }],
  ])('begins once Dot saw the file that %s: a comparison left it out', async (_, theirs, mine) => {
    const reviewer = await Reviewer.of();
    const { world } = reviewer;
    const [path] = Object.keys(theirs);
    world.gitlab.calls.faults.add({ fault: { kind: 'loses-part', part: path }, on: 'changesSince' });
    await world.push({ ...theirs, 'notes/c.md': 'c' });
    await world.sync();
    await world.edit(mine);
    await world.sync();
    expect(reviewer.files(reviewer.request.source)).toMatchObject({ ...mine, 'notes/c.md': 'c' });
    expect(await world.conflicts()).toMatchObject([{ path, winner: 'local' }]);
  });

  it('begins without a file whose directory is a file on the branch', async () => {
    const reviewer = await Reviewer.of({ 'skills/s.md': 's', notes: 'a plain file' });
    const { world } = reviewer;
    await world.edit({ 'notes/n.md': 'n', 'skills/s.md': 's1' });
    await world.sync();
    expect(reviewer.files(WORK)).toEqual({ 'skills/s.md': 's1', notes: 'a plain file' });
    expect([...(await world.quarantined()).keys()]).toEqual(['notes/n.md']);
  });
});

describe('A proposal of which a part was not done', () => {
  let reviewer: Reviewer;
  const down = (on: 'createMergeRequest' | 'closeMergeRequest') =>
    reviewer.world.gitlab.calls.faults.add({ fault: { kind: 'maintenance' }, on });
  /** A person cancels the run that waits for its next attempt, and GitLab works again. */
  const cancel = async ({ turns }: { turns: number }) => {
    const { world } = reviewer;
    await world.takeTurns(turns);
    const [{ id }] = await world.engine.runs.open(world.org);
    await world.engine.answer.cancel(world.org, id, new FakeAct());
    await world.hear();
    await world.sync();
  };

  it('gets its merge request, also if the push was cancelled before that', async () => {
    reviewer = await Reviewer.of();
    down('createMergeRequest');
    await reviewer.world.edit({ 'notes/a.md': 'a1' });
    await cancel({ turns: 2 });
    expect(reviewer.request.source).toBe(WORK);
  });

  it('is closed when it is discarded, also if the run was cancelled before that', async () => {
    reviewer = await Reviewer.of();
    const { world } = reviewer;
    await world.edit({ 'notes/a.md': 'a1' });
    await world.sync();
    down('closeMergeRequest');
    await world.engine.decide.execute(world.org, 'discard', new FakeAct());
    await cancel({ turns: 1 });
    expect(reviewer.requests).toMatchObject([{ state: 'closed' }]);
    expect(reviewer.requests[0].description).toMatch(/^Closed: an admin discarded/);
    expect((await world.state()).proposal).toMatchObject({ superseded: null });
  });

  it.each(['by a merge', 'by an edit', 'because it is open again'])(
    'takes a file along that was released during a refusal that ended %s',
    async (how) => {
      reviewer = await Reviewer.of();
      const { world } = reviewer;
      await world.edit({ 'notes/a.md': 'a1', 'notes/s.md': ['glpat', 'a1B2c3D4e5F6g7H8i9J0'].join('-') });
      await world.sync();
      await reviewer.close();
      await world.engine.release.execute(world.org, 'notes/s.md', new FakeAct());
      await world.sync();
      expect(reviewer.open).toEqual([]);
      if (how === 'by a merge') await world.push({ 'notes/a.md': 'a1' });
      else if (how === 'by an edit') await world.edit({ 'notes/b.md': 'b' });
      else await reviewer.reopen(1);
      await world.sync();
      expect(reviewer.files(reviewer.request.source)).toHaveProperty(['notes/s.md']);
    },
  );

  it('stays refused by the deletion of its branch while GitLab has yet to close it', async () => {
    reviewer = await Reviewer.of();
    const { world } = reviewer;
    await world.edit({ 'notes/a.md': 'a1' });
    await world.sync();
    world.gitlab.jobs.hold();
    world.gitlab.git.deleteBranch('ada/context', WORK);
    for (const at of ['notes/b.md', 'notes/c.md']) {
      await world.push({ [at]: 'theirs' });
      await world.sync();
    }
    expect(reviewer.has(WORK)).toBe(false);
    expect((await world.state()).proposal).toMatchObject({ refusal: { how: 'branch_deleted' } });
  });

  it.each([
    ['another one gets the name', true],
    ['merge requests are switched off', false],
  ])('stays refused by the deletion of its branch if %s', async (_, mergeRequestsEnabled) => {
    reviewer = await Reviewer.of();
    const { world } = reviewer;
    await world.edit({ 'notes/a.md': 'a1' });
    await world.sync();
    await reviewer.deleteBranch(WORK);
    const refused = { mergeRequest: { state: 'branch_deleted' }, refusal: { how: 'branch_deleted' } };
    expect((await world.state()).proposal).toMatchObject(refused);
    if (mergeRequestsEnabled) world.gitlab.git.createBranch('ada/context', WORK);
    world.gitlab.setMerging('ada/context', { mergeRequestsEnabled });
    await world.hear();
    await world.sync();
    expect((await world.state()).proposal).toMatchObject(refused);
  });

  it('makes room for a file of the branch when it is discarded', async () => {
    const world = await SyncWorld.configured({
      dot: { 'notes/d.md/e.md': 'e' },
      gitlab: { 'notes/a.md': 'a', 'notes/d.md': 'd' },
    });
    await world.projects.update({ org: world.org, publish: 'merge_request' }, new FakeAct());
    await world.sync();
    await world.engine.decide.execute(world.org, 'discard', new FakeAct());
    await world.sync();
    expect(await world.dot()).toEqual({ 'notes/a.md': 'a', 'notes/d.md': 'd' });
  });
});
