import { FakeAct } from '@app/audit/testing';
import { SyncWorld } from '../support/sync-world';

const MINUTE = 60_000;
const TEMPLATE = 'https://dot.example.com/{org}/runs/{run}';

describe('The status of a commit on GitLab', () => {
  let world: SyncWorld;
  const given = async (reportStatus: 'off' | 'on' | 'strict') => {
    world = await SyncWorld.synced(undefined, { statusUrlTemplate: TEMPLATE });
    await world.projects.update({ org: world.org, reportStatus }, new FakeAct());
    await world.sync();
    world.gitlab.calls.reset();
  };
  const send = () => world.engine.sendReports.execute();
  const pull = async (files: Parameters<SyncWorld['push']>[0]) => {
    const head = await world.push(files);
    await world.sync();
    return head;
  };
  const statuses = (commit: string) =>
    world.gitlab.commitStatuses
      .of(world.project, commit, { all: true })
      .map(({ ref, name, state, description }) => ({ ref, name, state, description }));
  const posts = () =>
    world.gitlab.calls.all.filter(({ operation }) => operation === 'setCommitStatus').length;
  const taken = (description: string, state = 'success') => ({
    ...{ ref: 'main', name: 'dot/context', state, description },
  });

  it('says what a pull took, on the branch, with a link to the run', async () => {
    await given('on');
    const head = await pull({ 'notes/a.md': 'aa', 'notes/b.md': 'b' });
    expect(statuses(head)).toEqual([]);
    await send();
    expect(statuses(head)).toEqual([taken('2 files taken')]);
    const { id } = await world.lastRun('pull');
    const [{ targetUrl }] = world.gitlab.commitStatuses.of(world.project, head);
    expect(targetUrl).toBe(`https://dot.example.com/acme/runs/${id}`);
  });

  it('is posted with one call for a pull of several commits, on the newest', async () => {
    await given('on');
    const first = await world.push({ 'notes/a.md': 'aa' });
    const head = await pull({ 'notes/b.md': 'b' });
    await send();
    await send();
    expect([statuses(first), statuses(head)]).toEqual([[], [taken('2 files taken')]]);
    expect(posts()).toBe(1);
  });

  it.each([
    ['on', 'success'],
    ['strict', 'failed'],
  ] as const)('names the file that is kept out: %s posts %s', async (reportStatus, state) => {
    await given(reportStatus);
    const head = await pull({ 'notes/a.md': 'aa', 'notes/pricing.yaml': `${'a: 1\n'.repeat(13)}b: [\n` });
    await send();
    expect(statuses(head)).toEqual([taken('1 taken, 1 kept out: notes/pricing.yaml line 15', state)]);
  });

  it('does not name a file that waits since an earlier commit', async () => {
    await given('strict');
    await pull({ 'notes/pricing.yaml': 'a: [\n' });
    const head = await pull({ 'notes/a.md': 'aa' });
    await send();
    expect(statuses(head)).toEqual([taken('1 file taken')]);
  });

  it.each<[string, () => Promise<string>]>([
    ['it is off', async () => given('off').then(() => pull({ 'notes/a.md': 'aa' }))],
    ['no context file changed', async () => given('on').then(() => pull({ 'other.txt': 'x' }))],
  ])('is not posted if %s', async (_, arrange) => {
    const head = await arrange();
    await send();
    expect(statuses(head)).toEqual([]);
    expect(posts()).toBe(0);
  });

  it('is not posted on commits of Dot, also if the branch is reset to one', async () => {
    await given('on');
    await world.edit({ 'notes/a.md': 'ours' });
    await world.sync();
    const ours = world.log()[0].id;
    await world.hear();
    await world.sync();
    await pull({ 'notes/a.md': 'theirs' });
    await send();
    world.gitlab.git.reset('ada/context', 'main', ours);
    await world.hear();
    await world.sync();
    expect(await world.dot()).toEqual({ 'notes/a.md': 'ours' });
    await send();
    expect(statuses(ours)).toEqual([]);
    expect(posts()).toBe(1);
  });

  it('is not posted again for the same result', async () => {
    await given('on');
    const head = await pull({ 'notes/a.md': 'aa' });
    await send();
    await world.engine.request.execute(world.org, 'pull', 'manual');
    await world.sync();
    await send();
    expect(statuses(head)).toHaveLength(1);
  });

  describe('if GitLab refuses it', () => {
    const refusals: [string, () => void][] = [
      ['because the branch is protected', () => protect()],
      ['because the project is archived', () => void (world.project.archived = true)],
    ];
    const protect = () =>
      void (world.project.protections = [
        { name: 'main', pushLevel: 0, mergeLevel: 40, allowForcePush: false },
      ]);

    it.each(refusals)('%s, is given up at once, and the sync is not concerned', async (_, refuse) => {
      await given('on');
      const head = await pull({ 'notes/a.md': 'aa' });
      refuse();
      for (let n = 0; n < 3; n++) {
        await send();
        world.clock.advance(60 * MINUTE);
      }
      expect([posts(), statuses(head)]).toEqual([1, []]);
      expect(await world.lastRun('pull')).toMatchObject({ status: 'succeeded', error: null });
      expect((await world.state()).blocked).toBeNull();
    });

    it('for now, is posted later', async () => {
      await given('on');
      const head = await pull({ 'notes/a.md': 'aa' });
      const unlock = world.gitlab.commitStatuses.lock(head);
      await send();
      unlock();
      await send();
      expect(statuses(head)).toEqual([]);
      world.clock.advance(MINUTE);
      await send();
      expect(statuses(head)).toEqual([taken('1 file taken')]);
    });

    it('for ever, is given up after five attempts', async () => {
      await given('on');
      const head = await pull({ 'notes/a.md': 'aa' });
      world.gitlab.commitStatuses.lock(head);
      for (let n = 0; n < 20; n++) {
        await send();
        world.clock.advance(24 * 60 * MINUTE);
      }
      expect(posts()).toBe(5);
    });
  });

  describe('if its answer is lost, or the process ends', () => {
    const lose = () =>
      world.gitlab.calls.faults.add({ on: 'setCommitStatus', fault: { kind: 'answer-lost' } });

    it('is posted once more with the same result, and never again', async () => {
      await given('on');
      const head = await pull({ 'notes/a.md': 'aa' });
      lose();
      await send();
      for (let n = 0; n < 5; n++) {
        await send();
        world.clock.advance(60 * MINUTE);
      }
      expect(statuses(head)).toEqual([taken('1 file taken'), taken('1 file taken')]);
    });

    it('is given up after two unknown outcomes', async () => {
      await given('on');
      const head = await pull({ 'notes/a.md': 'aa' });
      for (let n = 0; n < 5; n++) {
        lose();
        await send();
        world.clock.advance(60 * MINUTE);
      }
      expect(posts()).toBe(2);
      expect(statuses(head)).toHaveLength(2);
    });
  });

  it('is not posted for another project that took the place of the first', async () => {
    await given('on');
    await pull({ 'notes/a.md': 'aa' });
    const { id } = world.gitlab.givenProject('ada/other', { files: { 'notes/x.md': 'x' } });
    await world.projects.configure({ org: world.org, projectId: id, branch: 'main' }, new FakeAct());
    await send();
    expect(posts()).toBe(0);
  });

  it('is posted after a restart', async () => {
    await given('on');
    const head = await pull({ 'notes/a.md': 'aa' });
    expect(await world.engine.sendReports.execute({ stopping: AbortSignal.abort() })).toBeUndefined();
    expect(posts()).toBe(0);
    await send();
    expect(statuses(head)).toHaveLength(1);
  });
});
