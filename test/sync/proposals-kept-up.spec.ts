import { FakeAct } from '@app/audit/testing';
import { submodule } from '@app/fake-gitlab';
import { blobOf, type DomainEvent } from '@app/kernel';
import { Reviewer } from '../support/reviewer';
import { ADA, SyncWorld } from '../support/sync-world';

const WORK = 'dot/context';

const many = (n: number) =>
  Object.fromEntries(Array.from({ length: n }, (_, i) => [`notes/${i}.md`, `${i}`]));

describe('A proposal', () => {
  let reviewer: Reviewer;
  const edit = async (files: Record<string, string | null>, message = 'Edit') => {
    await reviewer.world.edit(files, { message });
    await reviewer.world.sync();
  };
  const proposal = async () => (await reviewer.world.state()).proposal;
  /** Dot proposes an edit. GitLab opens the merge request, and its answer is lost. */
  const openUnanswered = async () => {
    const { world } = reviewer;
    const { faults } = world.gitlab.calls;
    faults.add({ fault: { kind: 'answer-lost' }, on: 'createMergeRequest' });
    faults.add({ fault: { kind: 'maintenance' }, on: 'findMergeRequests', skip: 1, times: 2 });
    await world.edit({ 'notes/a.md': 'a1' });
    await world.takeTurns(2);
  };

  /** The target gets a file that Dot cannot take, because Dot has a directory of its name. */
  const withPlaceTaken = async (text: string) => {
    reviewer = await Reviewer.of();
    const { world } = reviewer;
    await world.edit({ 'notes/d.md/e.md': 'e' });
    await world.push({ 'notes/d.md': text });
    await world.sync();
    return world;
  };

  it('puts files back that a person wants to keep: the branch itself stays as it is', async () => {
    reviewer = await Reviewer.of(many(20));
    const { world } = reviewer;
    const gone = Object.fromEntries(Object.keys(many(15)).map((path) => [path, null]));
    await world.push(gone);
    await world.sync();
    const head = world.log()[0].id;
    await world.engine.answer.keep(world.org, (await world.lastRun('pull')).id, new FakeAct());
    await world.sync();
    expect(world.log()[0].id).toBe(head);
    expect(await world.state()).toMatchObject({ question: null, blocked: null });
    expect(reviewer.files(reviewer.request.source)).toEqual(many(20));
    await reviewer.merge();
    expect(world.onGitLab()).toEqual(many(20));
    expect(await world.dot()).toEqual(many(20));
  });

  it('is compared as a whole within a day, if a comparison left a reviewer’s edit out', async () => {
    reviewer = await Reviewer.of();
    const { world } = reviewer;
    await edit({ 'notes/a.md': 'a1' });
    world.gitlab.git.push('ada/context', WORK, { files: { 'notes/b.md': 'b', 'notes/c.md': 'c' } });
    world.gitlab.calls.faults.add({
      fault: { kind: 'loses-part', part: 'notes/b.md' },
      on: 'changesSince',
      skip: 1,
    });
    await world.hear();
    await world.sync();
    expect(await world.dot()).not.toHaveProperty('notes/b.md');
    world.clock.advance(25 * 3_600_000);
    await world.engine.sweeper.sweepOnce();
    await world.sync();
    expect(await world.dot()).toMatchObject({ 'notes/b.md': 'b', 'notes/c.md': 'c' });
  });

  it('takes a file back that the branch made and deleted again meanwhile', async () => {
    reviewer = await Reviewer.of();
    const { world } = reviewer;
    await edit({ 'notes/b.md': 'b', 'notes/new.md': 'from Dot' });
    world.clock.advance(60_000);
    await world.push({ 'notes/new.md': 'from GitLab' });
    await world.sync();
    expect(reviewer.files(WORK)).toMatchObject({ 'notes/new.md': 'from GitLab' });
    await world.push({ 'notes/new.md': null });
    await world.sync();
    expect(await world.dot()).not.toHaveProperty('notes/new.md');
    expect(reviewer.files(reviewer.request.source)).not.toHaveProperty('notes/new.md');
    await reviewer.merge();
    expect(await world.dot()).not.toHaveProperty('notes/new.md');
  });

  it('is over if the text that lost to it is restored', async () => {
    reviewer = await Reviewer.of();
    const { world } = reviewer;
    await world.edit({ 'notes/a.md': 'mine' });
    world.clock.advance(-120_000);
    world.gitlab.git.push('ada/context', 'main', { files: { 'notes/a.md': 'theirs' } });
    world.clock.advance(180_000);
    await world.hear();
    await world.sync();
    const [{ id, winner }] = await world.conflicts();
    expect(winner).toBe('local');
    await world.engine.restore.execute(world.org, id, ADA, new FakeAct());
    await world.sync();
    expect(await world.dot()).toEqual({ 'notes/a.md': 'theirs' });
    expect(reviewer.open).toEqual([]);
    expect(await proposal()).toMatchObject({ cycle: null });
    expect(
      (await world.engine.status.execute(world.org, await world.projects.target(world.org))).files,
    ).toMatchObject({
      proposed: 0,
    });
  });

  it('is shown as closed after an admin discarded it', async () => {
    reviewer = await Reviewer.of();
    const { world } = reviewer;
    await edit({ 'notes/a.md': 'a1' });
    await world.engine.decide.execute(world.org, 'discard', new FakeAct());
    await world.sync();
    expect(reviewer.requests).toMatchObject([{ state: 'closed' }]);
    expect(await proposal()).toMatchObject({ cycle: null, mergeRequest: { iid: 1, state: 'closed' } });
  });

  it('stops pushes while a person has aimed it elsewhere, also if another work branch is due', async () => {
    reviewer = await Reviewer.of({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
    const { world } = reviewer;
    world.gitlab.git.createBranch('ada/context', 'release');
    await edit({ 'notes/a.md': 'a1' });
    await reviewer.retarget('release');
    await world.push({ 'notes/b.md': 'theirs' });
    await world.sync();
    await edit({ 'notes/b.md': 'mine' });
    expect(reviewer.requests).toHaveLength(1);
    expect(await world.state()).toMatchObject({
      blocked: { code: 'merge_request_retargeted', scope: 'push' },
    });
    await reviewer.retarget('main');
    await world.engine.request.resume(world.org);
    await world.sync();
    expect(reviewer.requests.map(({ state }) => state)).toEqual(['closed', 'opened']);
  });

  it.each(['discard', 'direct'] as const)(
    'is closed when it is left, also if it is aimed elsewhere: %s',
    async (how) => {
      reviewer = await Reviewer.of();
      const { world } = reviewer;
      world.gitlab.git.createBranch('ada/context', 'release');
      world.gitlab.unprotect('ada/context', 'main');
      await edit({ 'notes/a.md': 'a1' });
      await reviewer.retarget('release');
      if (how === 'direct') await world.projects.update({ org: world.org, publish: 'direct' }, new FakeAct());
      else await world.engine.decide.execute(world.org, 'discard', new FakeAct());
      await world.sync();
      expect(reviewer.requests.map(({ state }) => state)).toEqual(['closed']);
    },
  );

  it('is closed when it is left, also if the answer to its opening was lost', async () => {
    reviewer = await Reviewer.of();
    const { world } = reviewer;
    await openUnanswered();
    expect((await proposal())?.mergeRequest).toBeNull();
    await world.projects.update({ org: world.org, workBranch: 'proposals' }, new FakeAct());
    await world.sync();
    expect(reviewer.requests.map(({ source, state }) => `${source} ${state}`)).toEqual([
      'dot/context closed',
      'proposals opened',
    ]);
  });

  describe('is closed when it is left, also if its successor, before that is done,', () => {
    beforeEach(async () => {
      reviewer = await Reviewer.of({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
      const { world } = reviewer;
      await edit({ 'notes/c.md': 'c' });
      await world.push({ 'notes/a.md': 'theirs' });
      await world.sync();
      await world.edit({ 'notes/a.md': 'mine' });
      world.gitlab.calls.faults.add({ fault: { kind: 'maintenance' }, on: 'updateMergeRequest' });
      await world.takeTurns(2);
      expect(reviewer.has('dot/context-2')).toBe(true);
      expect((await proposal())?.superseded).toMatchObject({ branch: WORK });
    });
    const requests = () => reviewer.requests.map(({ source, state }) => `${source} ${state}`);

    it('is left', async () => {
      const { world } = reviewer;
      await world.projects.update({ org: world.org, workBranch: 'proposals' }, new FakeAct());
      await world.sync();
      expect(requests()).toEqual(['dot/context closed', 'proposals opened']);
    });

    it('is discarded', async () => {
      const { world } = reviewer;
      for (const { id } of await world.engine.runs.open(world.org))
        await world.engine.answer.cancel(world.org, id, new FakeAct());
      await world.engine.decide.execute(world.org, 'discard', new FakeAct());
      await world.sync();
      expect(requests()).toEqual(['dot/context closed']);
    });

    it('lands', async () => {
      const { world } = reviewer;
      for (const { id } of await world.engine.runs.open(world.org))
        await world.engine.answer.cancel(world.org, id, new FakeAct());
      await world.push({ 'notes/a.md': 'mine', 'notes/c.md': 'c' });
      await world.sync();
      expect(await proposal()).toMatchObject({ cycle: null, superseded: null });
      expect(requests()).toEqual(['dot/context closed']);
    });
  });

  it('counts as aimed elsewhere if a person did that before Dot knew of it, because the answer was lost', async () => {
    reviewer = await Reviewer.of();
    const { world } = reviewer;
    world.gitlab.git.createBranch('ada/context', 'release');
    await openUnanswered();
    await reviewer.retarget('release');
    expect(reviewer.requests.map(({ state }) => state)).toEqual(['opened']);
    expect(await world.state()).toMatchObject({ blocked: { code: 'merge_request_retargeted' } });
    await reviewer.retarget('main');
    await world.engine.request.resume(world.org);
    await world.sync();
    expect(await world.state()).toMatchObject({ blocked: null });
    expect((await proposal())?.mergeRequest).toMatchObject({ iid: 1, state: 'opened' });
  });

  it('is closed if a person aimed it elsewhere before Dot knew of it, and another was opened from the branch', async () => {
    reviewer = await Reviewer.of();
    const { world } = reviewer;
    world.gitlab.git.createBranch('ada/context', 'release');
    await openUnanswered();
    world.gitlab.reviewer.edit('ada/context', { target: 'release' }, 1);
    world.gitlab.reviewer.open('ada/context', WORK, 'main', { title: 'By hand' });
    await world.sync();
    expect(reviewer.requests.map(({ iid, state }) => [iid, state])).toEqual([
      [1, 'closed'],
      [2, 'opened'],
    ]);
    expect((await proposal())?.mergeRequest).toMatchObject({ iid: 2, ours: false });
  });

  it.each([
    ['first', 'findMergeRequests'],
    ['at the same time', 'createMergeRequest'],
  ])('leaves a merge request open that a person opened from the work branch, %s', async (_, call) => {
    reviewer = await Reviewer.of();
    const { world } = reviewer;
    const failed: DomainEvent[] = [];
    world.events.on('sync.failed.v1', (event) => void failed.push(event));
    world.gitlab.calls.before = ({ operation }) => {
      if (operation === call && !reviewer.open.length)
        world.gitlab.reviewer.open('ada/context', WORK, 'main', { title: 'By hand' });
    };
    await edit({ 'notes/a.md': 'a1' });
    expect((await proposal())?.mergeRequest).toMatchObject({ iid: 1, ours: false });
    expect(failed).toEqual([]);
    await world.projects.update({ org: world.org, workBranch: 'proposals' }, new FakeAct());
    await world.sync();
    expect(reviewer.requests[0]).toMatchObject({ source: WORK, state: 'opened' });
  });

  it.each([0, 1, 2, 3, 4, 5])('ends if all of it landed, and its branch goes before call %i', async (nth) => {
    reviewer = await Reviewer.of();
    const { world } = reviewer;
    await edit({ 'notes/a.md': 'a1' });
    world.gitlab.calls.reset();
    world.gitlab.calls.before = () => {
      if (world.calls() === nth + 1) world.gitlab.git.deleteBranch('ada/context', WORK);
    };
    await world.push({ 'notes/a.md': 'a1' });
    await world.takeTurns(1);
    expect(await world.state()).toMatchObject({ blocked: null, proposal: { cycle: null, refusal: null } });
    expect(reviewer.open).toEqual([]);
  });

  it('stays if reviewers take all of it out while an edit waits to be pushed', async () => {
    reviewer = await Reviewer.of({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
    const { world } = reviewer;
    await edit({ 'notes/a.md': 'a1' });
    await world.projects.update({ org: world.org, autoSync: false }, new FakeAct());
    await world.edit({ 'notes/b.md': 'b1' });
    await reviewer.push(WORK, { 'notes/a.md': 'a' });
    expect(await proposal()).toMatchObject({ refusal: null, mergeRequest: { iid: 1, state: 'opened' } });
    await world.projects.update({ org: world.org, autoSync: true }, new FakeAct());
    await world.sync();
    expect(reviewer.request).toMatchObject({ iid: 1 });
    expect(reviewer.files(WORK)).toMatchObject({ 'notes/a.md': 'a', 'notes/b.md': 'b1' });
  });

  it('begins with the first commit that a teammate makes to an empty repository', async () => {
    const world = await SyncWorld.configured({ dot: { 'notes/a.md': 'a', 'notes/c.md': 'c' } });
    await world.projects.update({ org: world.org, publish: 'merge_request' }, new FakeAct());
    let head = '';
    world.gitlab.calls.before = ({ operation }) => {
      if (operation !== 'commit' || head) return;
      head = world.gitlab.git.push('ada/context', 'main', { files: { 'notes/a.md': 'theirs', 'b.md': 'b' } });
    };
    await world.sync();
    expect(world.log()[0].id).toBe(head);
  });

  it('is discarded as a whole, if an answer of GitLab leaves a file out', async () => {
    reviewer = await Reviewer.of({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
    const { world } = reviewer;
    await edit({ 'notes/a.md': 'a1', 'notes/b.md': 'b1' });
    await world.engine.decide.execute(world.org, 'discard', new FakeAct());
    world.gitlab.calls.faults.add({ fault: { kind: 'loses-part', part: 0 }, on: 'readFiles' });
    await world.sync();
    expect(await world.dot()).toEqual({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
  });

  it.each([
    ['a file where it has a directory', { 'notes/d.md/e.md': 'e' }, { 'notes/d.md': 'd' }],
    ['a directory where it has a file', { 'notes/d.md': 'd' }, { 'notes/d.md/e.md': 'e' }],
  ])('merges without the files in the way, after the branch got %s', async (_, ours, theirs) => {
    reviewer = await Reviewer.of();
    const { world } = reviewer;
    await edit({ ...ours, 'notes/b.md': 'b' });
    await world.push(theirs);
    await world.sync();
    await reviewer.merge();
    expect(reviewer.files('main')).toEqual({ 'notes/a.md': 'a', 'notes/b.md': 'b', ...theirs });
  });

  const directory = { 'notes/d.md': null, 'notes/d.md/picture.png': 'p' };
  it.each([
    ['changed', { main: { 'notes/d.md': 'theirs' }, [WORK]: directory }],
    ['is about to change', { [WORK]: directory, main: { 'notes/d.md': 'theirs' } }],
  ])(
    'merges without the directory of a reviewer at the path of a file that the branch %s',
    async (_, acts) => {
      reviewer = await Reviewer.of({ 'notes/d.md': 'd' });
      await edit({ 'notes/b.md': 'b' });
      for (const [branch, files] of Object.entries(acts)) await reviewer.push(branch, files);
      await reviewer.merge();
      expect(reviewer.files('main')).toEqual({ 'notes/b.md': 'b', 'notes/d.md': 'theirs' });
    },
  );

  it('keeps the directory of a reviewer at the path of a file that the branch deleted', async () => {
    reviewer = await Reviewer.of({ 'notes/c.md': 'c', 'notes/d.md': 'd' });
    await edit({ 'notes/b.md': 'b' });
    await reviewer.push(WORK, directory);
    await reviewer.push('main', { 'notes/d.md': null });
    await edit({ 'notes/b.md': 'b1' });
    const all = { 'notes/b.md': 'b1', 'notes/c.md': 'c', 'notes/d.md/picture.png': 'p' };
    expect(reviewer.files(WORK)).toEqual(all);
    expect((await proposal())?.mergeRequest).toMatchObject({ iid: 1, changes: 1 });
    expect([...(await reviewer.world.quarantined()).keys()]).toEqual(['notes/d.md']);
    await reviewer.merge();
    expect(reviewer.files('main')).toEqual(all);
  });

  it('merges without the file of Dot at the path of a submodule that the branch got', async () => {
    reviewer = await Reviewer.of();
    const { world } = reviewer;
    await edit({ 'notes/n.md': 'n', 'notes/b.md': 'b' });
    await world.edit({ 'notes/n.md': null });
    await world.push({ 'notes/n.md': submodule('1'.repeat(40)) });
    await world.sync();
    expect(reviewer.requests.map(({ state }) => state)).toEqual(['closed', 'opened']);
    await reviewer.merge();
    expect(await world.dot()).toEqual({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
    expect(world.gitlab.git.tree('ada/context', 'main').get('notes/n.md')).toMatchObject({ mode: '160000' });
  });

  it('proposes a deletion again that won against a new text and was not merged', async () => {
    reviewer = await Reviewer.of();
    const { world } = reviewer;
    await world.edit({ 'notes/b.md': 'mine' });
    world.clock.advance(-120_000);
    world.gitlab.git.push('ada/context', 'main', { files: { 'notes/b.md': 'theirs' } });
    world.clock.advance(180_000);
    await world.hear();
    await world.sync();
    await edit({ 'notes/b.md': null });
    await world.engine.decide.execute(world.org, 'discard', new FakeAct());
    await world.sync();
    expect(await world.dot()).toEqual(reviewer.files('main'));
  });

  it('starts elsewhere if GitLab forgot the commit that it was to start from', async () => {
    reviewer = await Reviewer.of();
    const { world } = reviewer;
    world.gitlab.calls.faults.add({ fault: { kind: 'maintenance' }, on: 'commit' });
    await world.edit({ 'notes/b.md': 'b' });
    await world.takeTurns(2);
    world.gitlab.git.forcePush('ada/context', 'main', { files: { 'notes/c.md': 'c' } });
    world.gitlab.git.collectGarbage('ada/context');
    await world.sync();
    expect(reviewer.files(reviewer.request.source)).toMatchObject({ 'notes/b.md': 'b', 'notes/c.md': 'c' });
  });

  it('asks for no further comparison of a branch that is gone', async () => {
    reviewer = await Reviewer.of();
    await edit({ 'notes/a.md': 'a1' });
    await reviewer.push(WORK, { 'notes/b.md': 'b' });
    expect((await proposal())?.cycle?.compareAllAt).not.toBeNull();
    await reviewer.deleteBranch(WORK);
    expect((await proposal())?.cycle?.compareAllAt).toBeNull();
  });

  it('keeps a text that its first commit replaced, because a comparison left it out', async () => {
    reviewer = await Reviewer.of({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
    const { world } = reviewer;
    world.gitlab.calls.faults.add({ fault: { kind: 'loses-part', part: 'notes/a.md' }, on: 'changesSince' });
    await world.push({ 'notes/a.md': 'theirs', 'notes/b.md': 'b1' });
    await world.sync();
    expect(await world.dot()).toMatchObject({ 'notes/a.md': 'a' });
    await edit({ 'notes/a.md': 'mine' });
    expect(await world.conflicts()).toMatchObject([{ path: 'notes/a.md', winner: 'local' }]);
    const { items } = await world.store.history(world.org, { path: 'notes/a.md' });
    expect(items.map(({ blob }) => blob)).toContain(blobOf(Buffer.from('theirs')));
  });

  it('takes a text that the target got with other line endings: another work branch starts from it', async () => {
    reviewer = await Reviewer.of();
    const { world } = reviewer;
    await edit({ 'notes/a.md': 'a1', 'notes/b.md': 'b' });
    await world.push({ 'notes/a.md': 'theirs\r\nends\r\n' });
    await world.sync();
    await reviewer.merge();
    expect(reviewer.files('main')).toEqual({ 'notes/a.md': 'theirs\r\nends\r\n', 'notes/b.md': 'b' });
    expect(await world.dot()).toEqual(reviewer.files('main'));
  });

  it('takes a text that the target got again with other line endings: another work branch starts from it', async () => {
    const before = 'start\r\nends\r\n';
    reviewer = await Reviewer.of({ 'notes/a.md': before });
    const { world } = reviewer;
    await edit({ 'notes/a.md': 'a1', 'notes/b.md': 'b' });
    await world.push({ 'notes/a.md': 'theirs' });
    await world.sync();
    await world.push({ 'notes/a.md': before });
    await world.sync();
    await reviewer.merge();
    expect(reviewer.files('main')).toEqual({ 'notes/a.md': before, 'notes/b.md': 'b' });
    expect(await world.dot()).toEqual(reviewer.files('main'));
  });

  it('leaves out a file of the target that Dot could not take before: its place was taken', async () => {
    const world = await withPlaceTaken('theirs\r\nends\r\n');
    await edit({ 'notes/b.md': 'b' }, 'Propose');
    await edit({ 'notes/d.md/e.md': null });
    expect(await world.dot()).toMatchObject({ 'notes/d.md': 'theirs\r\nends\r\n' });
    await edit({ 'notes/c.md': 'c' }, 'Go on');
    expect(reviewer.titles(WORK)).toEqual(['Go on', 'Propose']);
    expect((await proposal())?.mergeRequest).toMatchObject({ changes: 2 });
  });

  it.each([
    ['deleted', null],
    ['changed', 'reviewed'],
  ])(
    'keeps what a reviewer %s on the work branch, once Dot could take the file of the target',
    async (_, text) => {
      const world = await withPlaceTaken('theirs');
      await edit({ 'notes/b.md': 'b' });
      await reviewer.push(WORK, { 'notes/d.md': text });
      await edit({ 'notes/d.md/e.md': null });
      await world.hear();
      await world.sync();
      expect(await world.dot()).toEqual({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
      await reviewer.merge();
      const merged = { 'notes/a.md': 'a', 'notes/b.md': 'b', ...(text && { 'notes/d.md': text }) };
      expect(reviewer.files('main')).toEqual(merged);
      expect(await world.dot()).toEqual(merged);
    },
  );

  it('proposes a new file of Dot where reviewers deleted one of the target that Dot could not take', async () => {
    const world = await withPlaceTaken('theirs');
    await edit({ 'notes/b.md': 'b' });
    await reviewer.push(WORK, { 'notes/d.md': null });
    await edit({ 'notes/d.md/e.md': null });
    await edit({ 'notes/d.md': 'mine' });
    await world.hear();
    await world.sync();
    expect(reviewer.files(WORK)).toEqual({ 'notes/a.md': 'a', 'notes/b.md': 'b', 'notes/d.md': 'mine' });
    await reviewer.merge({ squash: true });
    expect(await world.dot()).toEqual({ 'notes/a.md': 'a', 'notes/b.md': 'b', 'notes/d.md': 'mine' });
    expect(reviewer.files('main')).toEqual(await world.dot());
  });

  describe('A file that Dot cannot take', () => {
    it('is not replaced by the first proposal: a directory with its name', async () => {
      const world = await SyncWorld.configured({
        dot: { 'notes/d.md': 'd', 'notes/b.md': 'b' },
        gitlab: { 'notes/a.md': 'a', 'notes/d.md/picture.png': 'p' },
      });
      await world.projects.update({ org: world.org, publish: 'merge_request' }, new FakeAct());
      await world.sync();
      const work = world.gitlab.git.tree('ada/context', WORK);
      expect([...work.keys()].sort()).toEqual(['notes/a.md', 'notes/b.md', 'notes/d.md/picture.png']);
    });

    const BAD = '---\na: [b\n---\n';
    const held = async () => [...(await reviewer.world.quarantined()).keys()];

    it('stays out while the configured branch has it, whatever the work branch has', async () => {
      reviewer = await Reviewer.of();
      const { world } = reviewer;
      await edit({ 'notes/b.md': 'b' });
      await world.push({ 'notes/bad.md': BAD });
      await world.sync();
      await reviewer.push(WORK, { 'notes/bad.md': 'good' });
      await reviewer.push(WORK, { 'notes/bad.md': null });
      expect(await held()).toEqual(['notes/bad.md']);
    });

    it('is let in again when the work branch that has it is left', async () => {
      reviewer = await Reviewer.of();
      const { world } = reviewer;
      await edit({ 'notes/b.md': 'b' });
      await reviewer.push(WORK, { 'notes/a.md': BAD });
      expect(await held()).toEqual(['notes/a.md']);
      await world.engine.decide.execute(world.org, 'discard', new FakeAct());
      await world.sync();
      expect(await held()).toEqual([]);
    });

    it('ends no proposal of the text before it, if a reviewer merges it', async () => {
      reviewer = await Reviewer.of();
      await edit({ 'notes/a.md': 'a1' });
      await reviewer.push(WORK, { 'notes/a.md': BAD });
      await reviewer.merge();
      expect(await held()).toEqual(['notes/a.md']);
      expect(reviewer.files(reviewer.request.source)).toEqual({ 'notes/a.md': 'a1' });
    });

    it('is not replaced by a proposal: a directory of its name on the configured branch', async () => {
      reviewer = await Reviewer.of();
      const { world } = reviewer;
      await edit({ 'notes/b.md': 'b' });
      await world.push({ 'notes/d.md/picture.png': 'p' });
      await world.sync();
      await reviewer.push(WORK, { 'notes/d.md/picture.png': 'p' });
      await reviewer.push(WORK, { 'notes/d.md/picture.png': null });
      await edit({ 'notes/d.md': 'd' });
      expect(await held()).toEqual(['notes/d.md']);
    });
  });
});
