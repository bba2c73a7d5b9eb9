import { FakeAct } from '@app/audit/testing';
import { meanwhile } from '../support/meanwhile';
import { Reviewer } from '../support/reviewer';
import { SyncWorld } from '../support/sync-world';

const many = (n: number) =>
  Object.fromEntries(Array.from({ length: n }, (_, i) => [`notes/${i}.md`, `${i}`]));
const nothing = (n: number) => Object.fromEntries(Object.keys(many(n)).map((path) => [path, null]));

const statesOf = async ({ engine, org }: SyncWorld) => {
  const { items } = await engine.files.execute(org, { limit: 200 });
  return Object.fromEntries(items.map(({ path, state }) => [path, state]));
};
const poll = async (world: SyncWorld) => {
  world.clock.advance(3_600_000);
  await world.engine.sweeper.sweepOnce();
  await world.sync();
};
const runs = async ({ engine, org }: SyncWorld) => (await engine.runs.list(org, { limit: 100 })).items;

describe('Deletions that a person is asked about', () => {
  const settings = { pollSeconds: 60 };

  /** GitLab lost 15 of 20 files. */
  async function asked(): Promise<SyncWorld> {
    const world = await SyncWorld.synced(many(20), settings);
    await world.push(nothing(15));
    await world.sync();
    return world;
  }

  it('are asked about once, whatever polls find', async () => {
    const world = await asked();
    const before = await runs(world);
    for (let polls = 0; polls < 3; polls++) await poll(world);
    expect(await runs(world)).toEqual(before);
    expect(before[0]).toMatchObject({ kind: 'pull', status: 'awaiting_confirmation' });
  });

  describe('and that a run found which ended before it could ask', () => {
    /** Happens once the deletions are recorded. */
    const onceFound = ({ engine: { base } }: SyncWorld, happening: () => Promise<unknown>) => {
      const read = base.waitingDeletions.bind(base);
      base.waitingDeletions = async (org) => {
        const waiting = await read(org);
        if (!waiting.size) return waiting;
        base.waitingDeletions = read;
        await happening();
        return waiting;
      };
    };

    it('are asked about when the run goes on, though both sides have the announced commit', async () => {
      const world = await SyncWorld.synced(many(20), settings);
      const head = world.gitlab.git.push(world.project, 'main', { files: nothing(15) });
      await world.engine.request.executeAll([world.org], 'pull', 'webhook', new Map([[world.org, head]]));
      onceFound(world, () => Promise.reject(new Error('the worker dies')));
      await world.sync();
      expect(await world.state()).toMatchObject({ baseCommit: head });
      expect(await world.lastRun('pull')).toMatchObject({ status: 'awaiting_confirmation', attempt: 2 });
    });

    it('are asked about by a poll if a person cancelled the run', async () => {
      const world = await SyncWorld.synced(many(20), settings);
      await world.push(nothing(15));
      const { id } = await world.lastRun('pull');
      onceFound(world, () => world.engine.answer.cancel(world.org, id, new FakeAct()));
      await world.sync();
      await poll(world);
      expect(await world.engine.runs.find(world.org, id)).toMatchObject({ status: 'cancelled' });
      expect(await world.lastRun('pull')).toMatchObject({ status: 'awaiting_confirmation' });
    });
  });

  it('do not hold up what else happens on either side', async () => {
    const world = await asked();
    await world.push({ 'notes/19.md': 'by Grace' });
    await world.edit({ 'notes/18.md': 'by Ada' });
    await world.sync();
    expect(await world.dot()).toMatchObject({ 'notes/19.md': 'by Grace', 'notes/0.md': '0' });
    expect(world.onGitLab()).toMatchObject({ 'notes/18.md': 'by Ada' });
    expect((await runs(world)).filter(({ status }) => status === 'awaiting_confirmation')).toHaveLength(1);
  });

  describe('and that are put off', () => {
    async function putOff(): Promise<SyncWorld> {
      const world = await asked();
      await world.engine.answer.cancel(world.org, (await world.lastRun('pull')).id, new FakeAct());
      await world.sync();
      return world;
    }

    it('leave the files ahead on GitLab, in plan and list', async () => {
      const world = await putOff();
      const states = await statesOf(world);
      expect(Object.values(states).filter((state) => state === 'gitlab_ahead')).toHaveLength(15);
      expect(states['notes/19.md']).toBe('in_sync');
      const { pull, push } = await world.engine.plan.execute(world.org);
      expect(pull).toHaveLength(15);
      expect(pull[0]).toEqual({ path: 'notes/0.md', op: 'delete' });
      expect(push).toEqual([]);
    });

    it('are not asked about again by polls, nor by later edits', async () => {
      const world = await putOff();
      const before = (await runs(world)).length;
      await poll(world);
      await poll(world);
      expect(await runs(world)).toHaveLength(before);
      await world.edit({ 'notes/18.md': 'by Ada' });
      await world.sync();
      expect((await runs(world)).map(({ status }) => status)).not.toContain('awaiting_confirmation');
      expect((await world.state()).question?.runId).toEqual(expect.any(String));
    });

    it('are asked about again when a person pulls, or GitLab deletes many more', async () => {
      const world = await putOff();
      await world.engine.request.byPerson(world.org, 'pull', new FakeAct());
      await world.sync();
      expect(await world.lastRun('pull')).toMatchObject({ status: 'awaiting_confirmation' });
      await world.engine.answer.cancel(world.org, (await world.lastRun('pull')).id, new FakeAct());
      await world.push(Object.fromEntries([15, 16, 17, 18, 19].map((i) => [`notes/${i}.md`, null])));
      await world.sync();
      const run = await world.lastRun('pull');
      expect(run).toMatchObject({ status: 'awaiting_confirmation' });
      expect(run.error?.detail).toMatch('20 of 20');
    });

    it.each(['confirm', 'keep'] as const)('can still be answered: %s', async (word) => {
      const world = await putOff();
      const { runId } = (await world.state()).question!;
      const { id } = await world.engine.answer[word](world.org, runId!, new FakeAct());
      await world.sync();
      expect(await world.engine.runs.find(world.org, id)).toMatchObject({ status: 'succeeded' });
      expect(Object.keys(await world.dot())).toHaveLength(word === 'keep' ? 20 : 5);
      expect(world.onGitLab()).toEqual(await world.dot());
      expect((await world.state()).question).toBeNull();
      expect(new Set(Object.values(await statesOf(world)))).toEqual(new Set(['in_sync']));
    });

    it('end by themselves when GitLab has the files again', async () => {
      const world = await putOff();
      await world.push(many(15));
      await world.sync();
      expect((await world.state()).question).toBeNull();
      expect(new Set(Object.values(await statesOf(world)))).toEqual(new Set(['in_sync']));
    });

    it('end for a file that is edited in Dot: it goes back', async () => {
      const world = await putOff();
      await world.edit({ 'notes/0.md': 'wanted' });
      await world.sync();
      expect(world.onGitLab()['notes/0.md']).toBe('wanted');
      expect((await statesOf(world))['notes/0.md']).toBe('in_sync');
      expect(await world.engine.base.countWaitingDeletions(world.org)).toBe(14);
    });
  });

  it('are taken back by keeping the files: one commit puts them on GitLab again, with nothing else', async () => {
    const world = await asked();
    await world.projects.update({ org: world.org, autoSync: false }, new FakeAct());
    await world.edit({ 'notes/19.md': 'not to be pushed' });
    const before = world.log().length;
    const { id } = await world.engine.answer.keep(world.org, (await world.lastRun('pull')).id, new FakeAct());
    await world.sync();
    expect(world.log()).toHaveLength(before + 1);
    expect(world.log()[0].message).toMatch(/^Put 15 files back that were deleted on GitLab\n/);
    expect(world.onGitLab()).toEqual(many(20));
    const run = await world.engine.runs.find(world.org, id);
    expect(run).toMatchObject({
      ...{ status: 'succeeded', commits: [world.log()[0].id] },
      ...{ counts: { created: 0, putBack: 15 } },
    });
    const { items } = await world.engine.changes.execute(world.org, id, { limit: 200 });
    expect(new Set(items.map(({ op }) => op))).toEqual(new Set(['create']));
    expect(items).toHaveLength(15);
  });

  it('and that are put back are counted apart from what the same run took', async () => {
    const world = await SyncWorld.synced(many(20), settings);
    await world.push({ ...nothing(15), 'notes/19.md': 'by Grace', 'notes/new.md': 'new' });
    await world.sync();
    const { id } = await world.engine.answer.keep(world.org, (await world.lastRun('pull')).id, new FakeAct());
    await world.sync();
    const run = await world.engine.runs.find(world.org, id);
    expect(run?.counts).toMatchObject({ created: 1, updated: 1, deleted: 0, putBack: 15 });
  });

  it('are confirmed as they were shown: later deletions on GitLab are asked about again', async () => {
    const world = await SyncWorld.synced(many(60), settings);
    await world.push(nothing(20));
    await world.sync();
    const { id } = await world.lastRun('pull');
    world.gitlab.git.push(world.project, 'main', { files: nothing(50) });
    await world.engine.answer.confirm(world.org, id, new FakeAct());
    await world.sync();
    expect(Object.keys(await world.dot())).toHaveLength(40);
    expect(await world.lastRun('pull')).toMatchObject({ status: 'awaiting_confirmation' });
    const { items } = await world.engine.changes.execute(world.org, id, { limit: 200 });
    expect(items.filter(({ op }) => op === 'delete')).toHaveLength(50);
  });

  it('keep findings back in Dot, and lose none of them', async () => {
    const secret = 'key: glpat-AbCdEfGhIjKlMnOpQrSt';
    const world = await SyncWorld.synced({ ...many(20), 'notes/s.yaml': secret }, settings);
    await world.push({ ...nothing(15), 'notes/s.yaml': null });
    await world.sync();
    await world.engine.answer.keep(world.org, (await world.lastRun('pull')).id, new FakeAct());
    await world.sync();
    expect(world.onGitLab()).toEqual(many(20));
    expect((await world.dot())['notes/s.yaml']).toBe(secret);
    expect((await world.quarantined()).get('notes/s.yaml')?.reason).toBe('credential');
  });

  describe('and are answered while something moves', () => {
    const answer = async (world: SyncWorld, word: 'confirm' | 'keep') => {
      const { id } = await world.engine.answer[word](
        world.org,
        (await world.lastRun('pull')).id,
        new FakeAct(),
      );
      await world.sync();
      return id;
    };
    const byHand = (world: SyncWorld) =>
      world.projects.update({ org: world.org, autoSync: false }, new FakeAct());

    it('are not carried out for a file that Dot has edited since, with pushes by hand', async () => {
      const world = await asked();
      await byHand(world);
      await world.edit({ 'notes/0.md': 'wanted', 'notes/1.md': null });
      await answer(world, 'confirm');
      expect(Object.keys(await world.dot())).toHaveLength(6);
      expect(await world.dot()).toMatchObject({ 'notes/0.md': 'wanted' });
      expect(await statesOf(world)).toMatchObject({ 'notes/0.md': 'dot_ahead' });
      expect(await world.state()).toMatchObject({ question: null });
      await world.engine.request.byPerson(world.org, 'push', new FakeAct());
      await world.sync();
      expect(world.onGitLab()).toEqual(await world.dot());
      expect(await world.conflicts()).toEqual([]);
    });

    it('are asked about no more if Dot edited all of them', async () => {
      const world = await asked();
      await byHand(world);
      await world.edit(Object.fromEntries(Object.keys(many(15)).map((path) => [path, 'wanted'])));
      await answer(world, 'keep');
      expect(await world.state()).toMatchObject({ question: null });
      expect(Object.values(await statesOf(world)).filter((state) => state === 'dot_ahead')).toHaveLength(15);
    });

    it.each([1, 5])('are carried out again after edits in Dot meanwhile, so often: %s', async (times) => {
      const world = await asked();
      await byHand(world);
      let edits = 0;
      world.gitlab.calls.after = async ({ operation }) => {
        if (operation !== 'commitById' || edits === times) return;
        edits++;
        await world.edit({ [`notes/${edits}.md`]: 'wanted' });
      };
      await answer(world, 'confirm');
      expect(edits).toBe(times);
      expect(Object.keys(await world.dot())).toHaveLength(5 + times);
      expect(await world.state()).toMatchObject({ question: null, failure: null });
    });

    it.each([1, 5, 7])(
      'put back all files although GitLab moves before so many commits: %s',
      async (times) => {
        const world = await asked();
        await byHand(world);
        let moves = 0;
        world.gitlab.calls.before = async ({ operation }) => {
          if (operation !== 'commit' || moves === times) return;
          moves++;
          world.gitlab.git.push(world.project, 'main', { files: { [`notes/${moves}.md`]: 'by Grace' } });
        };
        await answer(world, 'keep');
        expect(moves).toBe(times);
        const theirs = Array.from({ length: times }, (_, i) => [`notes/${i + 1}.md`, 'by Grace']);
        expect(world.onGitLab()).toEqual({ ...many(20), ...Object.fromEntries(theirs) });
        expect(await world.dot()).toEqual(world.onGitLab());
        const commits = world.log().filter(({ message }) => message.startsWith('Put '));
        expect(commits).toMatchObject([{ message: expect.stringContaining(`Put ${15 - times} files back`) }]);
        expect((await runs(world))[0].attempt).toBe(times < 5 ? 2 : 3);
      },
    );

    it.each([
      ['names', { prohibitedFileNames: /\/7/ }],
      ['does not name', { blockedContent: /^7$/ }],
    ])('put back all files but one that GitLab refuses and %s', async (_, rules) => {
      const world = await asked();
      world.gitlab.setPushRules(world.project, rules);
      await answer(world, 'keep');
      expect(Object.keys(world.onGitLab())).toHaveLength(19);
      expect([...(await world.quarantined())].map(([path, { reason }]) => [path, reason])).toEqual([
        ['notes/7.md', 'refused_by_gitlab'],
      ]);
      expect(await world.dot()).toEqual(many(20));
      expect(await world.state()).toMatchObject({ question: null, snapshotDue: false, blocked: null });
    });

    it('are asked about again if GitLab lost more before they were put back', async () => {
      const world = await asked();
      meanwhile(world, 'after', 'branch', () =>
        world.gitlab.git.push(world.project, 'main', { files: nothing(20) }),
      );
      await answer(world, 'keep');
      expect(world.onGitLab()).toMatchObject(many(15));
      expect(Object.keys(await world.dot())).toHaveLength(20);
    });
  });

  it.each([
    ['one file', 2, { 'notes/1.md': '1' }, /^Put a file back that was deleted on GitLab\n/],
    ['several files', 3, { 'notes/2.md': '2' }, /^Put 2 files back that were deleted on GitLab\n/],
  ])('credit each author once when they put back %s', async (_, count, restored, message) => {
    const world = await SyncWorld.configured({ dot: {}, settings });
    for (const [path, text] of Object.entries(many(count)))
      await world.edit({ [path]: text }, { author: { name: 'Lin', email: 'lin@example.com' } });
    await world.sync();
    await world.push(nothing(count));
    await world.sync();
    const { id } = await world.lastRun('pull');
    await world.push(restored);
    await world.engine.answer.keep(world.org, id, new FakeAct());
    await world.sync();
    expect(world.onGitLab()).toEqual(many(count));
    const [commit] = world.log();
    expect(commit.message).toMatch(message);
    expect(commit.author).toMatchObject({ name: 'Lin', email: 'lin@example.com' });
    expect(commit.message).not.toContain('Co-authored-by: Lin');
  });

  it('are put back once, however the answer of GitLab is lost', async () => {
    const world = await asked();
    const before = world.log().length;
    world.gitlab.calls.faults.add({ fault: { kind: 'answer-lost' }, on: 'commit' });
    await world.engine.answer.keep(world.org, (await world.lastRun('pull')).id, new FakeAct());
    await world.sync();
    expect(world.log()).toHaveLength(before + 1);
    expect(world.onGitLab()).toEqual(many(20));
  });

  it('are listed with the run that asks, and stay listed when they are put off', async () => {
    const world = await asked();
    const { id } = await world.lastRun('pull');
    const list = async (page = {}) => world.engine.changes.execute(world.org, id, page);
    expect((await list({ limit: 200 })).items).toHaveLength(15);
    const first = await list({ limit: 2 });
    expect(first.items).toEqual([
      { path: 'notes/0.md', op: 'delete' },
      { path: 'notes/1.md', op: 'delete' },
    ]);
    const second = await list({ limit: 1, cursor: first.nextCursor! });
    expect(second.items).toEqual([{ path: 'notes/10.md', op: 'delete' }]);
    await world.engine.answer.cancel(world.org, id, new FakeAct());
    expect((await list({ limit: 200 })).items).toHaveLength(15);
  });

  it('can be answered by the run that asked last, and by no other', async () => {
    const world = await asked();
    const first = (await world.lastRun('pull')).id;
    await world.engine.request.byPerson(world.org, 'pull', new FakeAct());
    await world.sync();
    await expect(world.engine.answer.keep(world.org, first, new FakeAct())).rejects.toMatchObject({
      code: 'run_not_awaiting_confirmation',
    });
  });
});

describe('Deletions on a branch that takes merge requests only', () => {
  /** The branch lost 15 of 20 files, while an edit of one that it has is proposed. */
  async function asked(): Promise<Reviewer> {
    const reviewer = await Reviewer.of(many(20));
    const { world } = reviewer;
    await world.edit({ 'notes/19.md': 'mine' });
    await world.sync();
    await world.push(nothing(15));
    await world.sync();
    expect(await world.lastRun('pull')).toMatchObject({ status: 'awaiting_confirmation' });
    return reviewer;
  }
  const answer = async ({ world }: Reviewer, word: 'confirm' | 'keep') => {
    await world.engine.answer[word](world.org, (await world.lastRun('pull')).id, new FakeAct());
    await world.sync();
  };

  it('are taken back by proposing the files', async () => {
    const reviewer = await asked();
    const { world } = reviewer;
    await answer(reviewer, 'keep');
    expect(await world.state()).toMatchObject({ blocked: null, failure: null, question: null });
    expect(reviewer.files('main')).toEqual(
      Object.fromEntries(Object.entries(many(20)).filter(([path]) => !(path in many(15)))),
    );
    expect(reviewer.files(reviewer.request.source)).toEqual({ ...many(20), 'notes/19.md': 'mine' });
    expect(await world.dot()).toEqual(reviewer.files(reviewer.request.source));
    await reviewer.merge();
    expect(await world.dot()).toEqual(reviewer.files('main'));
    expect(new Set(Object.values(await statesOf(world)))).toEqual(new Set(['in_sync']));
  });

  it('count in the run that leaves the files to a proposal', async () => {
    const reviewer = await asked();
    const { world } = reviewer;
    const { id } = await world.lastRun('pull');
    await answer(reviewer, 'keep');
    expect(await world.engine.runs.find(world.org, id)).toMatchObject({
      ...{ status: 'succeeded', commits: [], counts: { created: 0, deleted: 0, putBack: 15 } },
    });
    const { items } = await world.engine.changes.execute(world.org, id, { limit: 200 });
    expect(items).toEqual(
      Object.keys(many(15))
        .sort()
        .map((path) => ({ path, op: 'create' })),
    );
  });

  it('wait for the push of a person if pushes are made by hand', async () => {
    const reviewer = await asked();
    const { world } = reviewer;
    await world.projects.update({ org: world.org, autoSync: false }, new FakeAct());
    await answer(reviewer, 'keep');
    expect(await world.state()).toMatchObject({ blocked: null, question: null });
    expect(Object.keys(await world.dot())).toHaveLength(20);
    expect(reviewer.requests).toHaveLength(1);
    await world.engine.request.byPerson(world.org, 'push', new FakeAct());
    await world.sync();
    expect(reviewer.files(reviewer.request.source)).toEqual({ ...many(20), 'notes/19.md': 'mine' });
  });

  it('reach Dot once they are confirmed', async () => {
    const reviewer = await asked();
    await answer(reviewer, 'confirm');
    expect(Object.keys(await reviewer.world.dot())).toHaveLength(5);
    await reviewer.merge();
    expect(await reviewer.world.dot()).toEqual(reviewer.files('main'));
  });
});

describe('The changes of a run', () => {
  it('are what a pull took', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
    await world.push({ 'notes/a.md': 'new', 'notes/b.md': null, 'notes/c.md': 'c' });
    await world.sync();
    const { id } = await world.lastRun('pull');
    expect((await world.engine.changes.execute(world.org, id, {})).items).toEqual([
      { path: 'notes/a.md', op: 'update' },
      { path: 'notes/b.md', op: 'delete' },
      { path: 'notes/c.md', op: 'create' },
    ]);
  });

  it('are the pushed files, moves with their origin', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
    await world.change([{ op: 'move', from: 'notes/a.md', path: 'skills/a.md' }]);
    await world.edit({ 'notes/b.md': 'new' });
    await world.sync();
    const changes = [];
    for (const { id } of await runs(world))
      changes.push(...(await world.engine.changes.execute(world.org, id, {})).items);
    expect(changes).toEqual(
      expect.arrayContaining([
        { path: 'skills/a.md', op: 'move', from: 'notes/a.md' },
        { path: 'notes/b.md', op: 'update' },
      ]),
    );
  });
});
