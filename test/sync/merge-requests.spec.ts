import { FakeAct } from '@app/audit/testing';
import { conflictBesideTheScope, Reviewer } from '../support/reviewer';

const WORK = 'dot/context';
const PROJECT = 'ada/context';

describe('The merge request of a proposal', () => {
  let reviewer: Reviewer;
  const edit = async (files: Record<string, string | null>, message = 'Edit') => {
    await reviewer.world.edit(files, { message });
    await reviewer.world.sync();
  };
  const pull = async () => {
    await reviewer.world.hear();
    await reviewer.world.sync();
  };
  const proposal = async () => (await reviewer.world.state()).proposal;
  beforeEach(async () => {
    reviewer = await Reviewer.of({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
  });

  it('names its files and changes, as they become more', async () => {
    await edit({ 'notes/a.md': 'a1' }, 'First');
    expect(reviewer.request.title).toBe('Update 1 context file from Dot');
    expect(reviewer.request.description).toMatch(/^<!-- dot-gitlab-sync -->\n/);
    await edit({ 'notes/new.md': 'n' }, 'Second');
    const { title, description } = reviewer.request;
    expect(title).toBe('Update 2 context files from Dot');
    const parts = ['**Files**', 'notes/a.md', 'notes/new.md', '**Changes**', 'Ada', 'First', 'Second'];
    const places = parts.map((part) => description.indexOf(part));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(description).not.toContain('more');
    expect((await proposal())!.mergeRequest).toMatchObject({ title, changes: 2, branch: WORK });
  });

  it.each([
    [50, false],
    [51, true],
  ])('lists up to fifty of its files: %s', async (count, shortened) => {
    await edit(Object.fromEntries(Array.from({ length: count }, (_, n) => [`notes/n${n}.md`, 'n'])));
    expect(reviewer.request.title).toBe(`Update ${count} context files from Dot`);
    expect(reviewer.request.description.includes('and 1 more')).toBe(shortened);
  });

  it('is not written if a push changes neither of its lists', async () => {
    const { world } = reviewer;
    await edit({ 'notes/a.md': 'a1' }, 'First');
    const { description } = reviewer.request;
    world.gitlab.calls.reset();
    await edit({ 'elsewhere/x.md': 'out of scope' });
    expect(world.calls()).toBe(0);
    expect(reviewer.request.description).toBe(description);
  });

  it('is shown with the title that a person gave it, and with a conflict that GitLab found', async () => {
    const { world } = reviewer;
    await edit({ 'notes/a.md': 'a1' });
    const { updatedAt } = (await proposal())!.mergeRequest!;
    world.clock.advance(1000);
    world.gitlab.reviewer.edit(PROJECT, { title: 'Chosen by Grace' });
    await pull();
    const { mergeRequest } = (await proposal())!;
    expect(mergeRequest).toMatchObject({
      ...{ title: 'Chosen by Grace', state: 'opened', conflict: false, changes: 1, ours: true },
    });
    expect(mergeRequest!.updatedAt > updatedAt).toBe(true);
    await conflictBesideTheScope(reviewer);
    expect((await proposal())!.mergeRequest).toMatchObject({ conflict: false });
    await pull();
    expect((await proposal())!.mergeRequest).toMatchObject({ conflict: true, state: 'opened', changes: 1 });
  });

  it('is taken over if a person opened one for the work branch', async () => {
    const { world } = reviewer;
    world.gitlab.calls.faults.add({ fault: { kind: 'answer-lost' }, on: 'createMergeRequest' });
    await edit({ 'notes/a.md': 'a1' });
    expect(reviewer.requests).toHaveLength(1);
    expect((await proposal())!.mergeRequest).toMatchObject({ iid: 1, ours: true, state: 'opened' });
  });

  it('counts as closed once GitLab has it no more', async () => {
    const { world } = reviewer;
    await edit({ 'notes/a.md': 'a1' });
    world.project.mergeRequests.delete(1);
    await pull();
    expect(await proposal()).toMatchObject({ refusal: { how: 'closed' }, mergeRequest: { state: 'closed' } });
    expect(
      await world.engine.status.execute(world.org, await world.projects.target(world.org)),
    ).toMatchObject({
      health: 'attention',
      error: {
        code: 'merge_request_closed',
        detail: expect.stringMatching(/^Merge request !1 was closed\./),
      },
    });
  });

  it('says so if it was closed because its branch was deleted', async () => {
    const { world } = reviewer;
    await edit({ 'notes/a.md': 'a1' });
    await reviewer.deleteBranch(WORK);
    expect(
      await world.engine.status.execute(world.org, await world.projects.target(world.org)),
    ).toMatchObject({
      health: 'attention',
      error: { detail: expect.stringContaining('was closed because its branch was deleted') },
    });
  });

  it('stays open while its branch has something that Dot does not sync', async () => {
    const { world } = reviewer;
    await edit({ 'notes/a.md': 'a1' });
    await reviewer.push(WORK, { 'picture.png': 'not synced' });
    await world.push({ 'notes/a.md': 'a1' });
    await world.sync();
    expect(reviewer.open).toHaveLength(1);
    expect((await proposal())!.cycle).toMatchObject({ branch: WORK });
    await reviewer.merge();
    expect(reviewer.files('main')).toMatchObject({ 'picture.png': 'not synced' });
    expect((await proposal())!.cycle).toBeNull();
  });

  it.each(['dot/context-2b', 'dot/2'])(
    'takes a review of %s along to the branch that an admin chose',
    async (former) => {
      const { world } = reviewer;
      await world.projects.update({ org: world.org, workBranch: former }, new FakeAct());
      await edit({ 'notes/a.md': 'a1' }, 'First');
      await reviewer.push(former, { 'notes/b.md': 'reviewed' }, 'Review');
      await world.projects.update({ org: world.org, workBranch: WORK }, new FakeAct());
      await edit({ 'notes/c.md': 'c' }, 'Second');
      expect(reviewer.titles(WORK)).toEqual(['Second', 'Review', 'First']);
      expect(reviewer.requests.map(({ source, state }) => `${source} ${state}`)).toEqual([
        `${former} closed`,
        `${WORK} opened`,
      ]);
    },
  );

  it('goes from the branch of another name, which an admin chose', async () => {
    const { world } = reviewer;
    await edit({ 'notes/a.md': 'a1' }, 'First');
    await world.projects.update({ org: world.org, workBranch: 'proposals/dot' }, new FakeAct());
    await edit({ 'notes/b.md': 'b1' }, 'Second');
    expect(reviewer.requests).toMatchObject([
      {
        source: WORK,
        state: 'closed',
        description: expect.stringMatching(/^Superseded: the target branch has changed/),
      },
      { source: 'proposals/dot', state: 'opened' },
    ]);
    expect(reviewer.titles('proposals/dot')).toEqual(['Second', 'First']);
    await edit({ 'notes/b.md': 'b2' }, 'Third');
    expect(reviewer.titles('proposals/dot')).toEqual(['Third', 'Second', 'First']);
  });

  it('does not leave a work branch whose name has a number', async () => {
    const { world } = reviewer;
    world.gitlab.git.createBranch(PROJECT, WORK);
    await edit({ 'notes/a.md': 'a1' });
    await edit({ 'notes/b.md': 'b1' });
    expect(reviewer.requests).toMatchObject([{ source: 'dot/context-2', state: 'opened' }]);
  });

  it.each([
    ['49 names are taken', 49, { blocked: null }],
    ['all names are taken', 50, { blocked: { code: 'work_branch_name_taken', scope: 'push' } }],
  ])('needs a free name for its branch: %s', async (_, count, expected) => {
    const { world } = reviewer;
    for (let n = 1; n <= count; n++) world.gitlab.git.createBranch(PROJECT, n === 1 ? WORK : `${WORK}-${n}`);
    await edit({ 'notes/a.md': 'a1' });
    expect(await world.state()).toMatchObject(expected);
    expect(reviewer.open.map(({ source }) => source)).toEqual(count < 50 ? ['dot/context-50'] : []);
  });

  it('is withdrawn in favour of direct commits, with the reason', async () => {
    const { world } = reviewer;
    await edit({ 'notes/a.md': 'a1' });
    world.gitlab.protect(PROJECT, 'main', 40);
    await world.projects.update({ org: world.org, publish: 'direct' }, new FakeAct());
    await world.sync();
    expect(reviewer.requests).toMatchObject([
      { state: 'closed', description: expect.stringMatching(/^Closed: Dot commits its changes/) },
    ]);
    expect(reviewer.files('main')).toMatchObject({ 'notes/a.md': 'a1' });
  });

  describe('during a burst of edits', () => {
    const turn = (turns = 1) => reviewer.world.takeTurns(turns);
    beforeEach(() => edit({ 'notes/a.md': 'a1' }));

    it('is pushed when no edit has come for the quiet period', async () => {
      const { world } = reviewer;
      await world.edit({ 'notes/b.md': 'b1' });
      const { at } = (await world.store.history(world.org, { limit: 1 })).items[0];
      await turn();
      expect(await world.state()).toMatchObject({ pushAfter: new Date(at.getTime() + 30_000) });
      expect(await world.lastRun('push')).toMatchObject({ status: 'queued', trigger: 'auto' });
      expect(reviewer.files(WORK)['notes/b.md']).toBe('b');
      world.clock.advance(30_000);
      world.wakeQueue.wake(world.org);
      await turn();
      expect(reviewer.files(WORK)['notes/b.md']).toBe('b1');
    });

    it('is pushed at the latest after ten quiet periods', async () => {
      const { world } = reviewer;
      for (let edits = 0; edits < 5; edits++) {
        await world.edit({ 'notes/b.md': `b${edits}` });
        await turn();
        expect(reviewer.files(WORK)['notes/b.md']).toBe('b');
      }
      await world.edit({ 'notes/b.md': 'b5' });
      world.wakeQueue.wake(world.org);
      await turn();
      expect(reviewer.files(WORK)['notes/b.md']).toBe('b5');
    });

    it('is pushed without a pause if a person asks, and pulls do not wait', async () => {
      const { world } = reviewer;
      await world.edit({ 'notes/b.md': 'b1' });
      await turn();
      await world.push({ 'notes/c.md': 'c' });
      await turn();
      expect((await world.dot())['notes/c.md']).toBe('c');
      expect(reviewer.files(WORK)['notes/b.md']).toBe('b');
      await world.engine.request.byPerson(world.org, 'push', new FakeAct());
      await turn();
      expect(reviewer.files(WORK)['notes/b.md']).toBe('b1');
    });

    it('does not wait for commits of others', async () => {
      const { world } = reviewer;
      await world.edit({ 'notes/b.md': 'b1' });
      world.clock.advance(25_000);
      world.gitlab.git.push(PROJECT, 'main', { files: { 'notes/c.md': 'c' } });
      await world.engine.request.execute(world.org, 'pull', 'webhook');
      await turn();
      await turn();
      const { at } = (await world.store.history(world.org, { path: 'notes/b.md', limit: 1 })).items[0];
      expect(await world.state()).toMatchObject({ pushAfter: new Date(at.getTime() + 30_000) });
      world.clock.advance(5_000);
      world.wakeQueue.wake(world.org);
      await turn();
      expect(reviewer.files(WORK)['notes/b.md']).toBe('b1');
    });
  });
});
