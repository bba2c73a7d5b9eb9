import { FakeAct } from '@app/audit/testing';
import type { Edit } from '@app/context-store';
import type { MergeRequestOpened } from '@app/sync-engine';
import { Reviewer } from '../support/reviewer';
import { SyncWorld } from '../support/sync-world';

const WORK = 'dot/context';

const put = (path: string, content: string): Edit => ({ op: 'put', path, content: Buffer.from(content) });

describe('Proposing by merge request', () => {
  let reviewer: Reviewer;
  const edit = async (files: Record<string, string | null>, message = 'Edit') => {
    await reviewer.world.edit(files, { message });
    await reviewer.world.sync();
  };
  const proposal = async () => (await reviewer.world.state()).proposal;
  beforeEach(async () => {
    reviewer = await Reviewer.of({ 'notes/a.md': 'a', 'notes/b.md': 'b', 'notes/c.md': 'c' });
  });

  it('sends each change as one commit to the work branch, and opens one merge request', async () => {
    const { world } = reviewer;
    await world.edit({ 'notes/a.md': 'a1' }, { message: 'First' });
    await world.edit({ 'notes/b.md': 'b1' }, { message: 'Second' });
    await world.sync();
    expect(reviewer.files('main')).toMatchObject({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
    expect(reviewer.files(WORK)).toMatchObject({ 'notes/a.md': 'a1', 'notes/b.md': 'b1' });
    expect(reviewer.titles(WORK)).toEqual(['Second', 'First']);
    expect(reviewer.request).toMatchObject({ source: WORK, target: 'main', forceRemoveSourceBranch: true });
    expect((await proposal())?.mergeRequest).toMatchObject({
      iid: 1,
      state: 'opened',
      changes: 2,
      ours: true,
    });
    await edit({ 'notes/c.md': 'c1' }, 'Third');
    expect(reviewer.requests).toHaveLength(1);
    expect((await proposal())?.mergeRequest).toMatchObject({ iid: 1, changes: 3 });
  });

  it('announces the merge request once, and the next one again', async () => {
    const { world } = reviewer;
    const heard: MergeRequestOpened[] = [];
    world.events.on<MergeRequestOpened>('merge_request.opened.v1', (event) => void heard.push(event));
    await edit({ 'notes/a.md': 'a1' });
    await edit({ 'notes/b.md': 'b1' });
    const url = expect.stringMatching(/merge_requests\/1$/);
    expect(heard).toMatchObject([
      { iid: 1, title: 'Update 1 context file from Dot', changes: 1, webUrl: url },
    ]);
    await reviewer.merge();
    await edit({ 'notes/a.md': 'a2' });
    expect(heard.slice(1)).toMatchObject([{ iid: 2, changes: 1 }]);
  });

  it('opens none for a change without an effect', async () => {
    const { world } = reviewer;
    await world.edit({ 'notes/a.md': 'a1' });
    await world.edit({ 'notes/a.md': 'a' });
    await world.sync();
    await edit({ 'elsewhere/x.md': 'x' });
    expect(reviewer.open).toEqual([]);
  });

  it('opens none for other line endings, which GitLab does not keep, and is over', async () => {
    const { world } = reviewer;
    await edit({ 'notes/a.md': 'one\ntwo\n' });
    await reviewer.merge();
    await edit({ 'notes/a.md': 'one\r\ntwo\r\n' });
    expect(reviewer.open).toEqual([]);
    expect(await proposal()).toMatchObject({ cycle: null });
    const { files } = await world.engine.status.execute(world.org, await world.projects.target(world.org));
    expect(files).toMatchObject({ inSync: 3, proposed: 0 });
  });

  it('leaves Dot its line endings when a merge brings its own text without them', async () => {
    const text = 'one\r\ntwo\r\n';
    reviewer = await Reviewer.of({ 'notes/a.md': text, 'notes/b.md': 'b' });
    const { world } = reviewer;
    await edit({ 'notes/a.md': null, 'notes/b.md': 'b1', 'notes/c.md': 'c' });
    await world.push({ 'notes/a.md': null });
    await world.sync();
    await world.push({ 'notes/a.md': text, 'notes/c.md': 'theirs' });
    await edit({ 'notes/b.md': 'b2' });
    await reviewer.merge();
    expect(reviewer.files('main')).toMatchObject({ 'notes/a.md': 'one\ntwo\n', 'notes/b.md': 'b2' });
    expect(await world.dot()).toEqual({ 'notes/a.md': text, 'notes/b.md': 'b2', 'notes/c.md': 'theirs' });
    expect(await proposal()).toMatchObject({ cycle: null });
    expect(reviewer.open).toEqual([]);
  });

  it('makes one call for a change in steady state, and touches the merge request once for a burst', async () => {
    const { world } = reviewer;
    await edit({ 'notes/a.md': 'a1' });
    world.gitlab.calls.reset();
    await world.edit({ 'notes/b.md': 'b1' });
    await world.edit({ 'notes/b.md': 'b2' });
    await world.edit({ 'notes/b.md': 'b3' });
    await world.sync();
    const asked = world.gitlab.calls.all.map(({ route }) => route);
    expect(asked).toHaveLength(4);
  });

  it('gives a burst one push, after a pause', async () => {
    const { world } = reviewer;
    await edit({ 'notes/a.md': 'a1' });
    await world.edit({ 'notes/a.md': 'a2' });
    await world.takeTurns(1);
    expect(reviewer.files(WORK)['notes/a.md']).toBe('a1');
    await world.sync();
    expect(reviewer.files(WORK)['notes/a.md']).toBe('a2');
  });

  it.each([
    ['a merge', {}, {}],
    ['a squash', {}, { squash: true }],
    ['a fast-forward', { mergeMethod: 'ff' as const }, {}],
    ['a fast-forward with a squash', { mergeMethod: 'ff' as const }, { squash: true }],
    ['a semi-linear merge', { mergeMethod: 'rebase_merge' as const }, {}],
  ])('lands by %s', async (_, settings, options) => {
    const { world } = reviewer;
    world.gitlab.setMerging('ada/context', settings);
    await edit({ 'notes/a.md': 'a1', 'notes/new.md': 'n', 'notes/c.md': null });
    await reviewer.merge(options);
    expect(await world.dot()).toEqual(reviewer.files('main'));
    expect(reviewer.files('main')).toEqual({ 'notes/a.md': 'a1', 'notes/b.md': 'b', 'notes/new.md': 'n' });
    expect(await proposal()).toMatchObject({ cycle: null, mergeRequest: { state: 'merged' } });
    expect(await world.conflicts()).toEqual([]);
    expect(reviewer.has(WORK)).toBe(false);
  });

  it('counts the files of reviewers too, before the next push', async () => {
    await edit({ 'notes/a.md': 'a1' });
    await reviewer.push(WORK, { 'notes/b.md': 'b1', 'notes/new.md': 'n' });
    expect((await proposal())?.mergeRequest).toMatchObject({ state: 'opened', changes: 3 });
  });

  it('shows the title that a reviewer gave it, and the conflict that GitLab found', async () => {
    const { world } = reviewer;
    await edit({ 'notes/a.md': 'a1' });
    const before = (await proposal())!.mergeRequest!;
    await reviewer.push('main', { 'other/x.txt': 'x' });
    await reviewer.push(WORK, { 'other/x.txt': 'y' });
    world.gitlab.reviewer.edit('ada/context', { title: 'Explain a' });
    world.gitlab.mergeRequests.recheck(reviewer.request);
    world.gitlab.jobs.settle();
    await world.engine.request.byPerson(world.org, 'pull', new FakeAct());
    await world.sync();
    const { mergeRequest } = (await proposal())!;
    expect(mergeRequest).toMatchObject({ state: 'opened', title: 'Explain a', conflict: true, ours: true });
    expect(Number(mergeRequest!.updatedAt)).toBeGreaterThan(Number(before.updatedAt));
    expect(mergeRequest!.written).toBe(before.written);
  });

  it('lands by a hand-made squash on the branch, and closes its open merge request', async () => {
    const { world } = reviewer;
    await edit({ 'notes/a.md': 'a1' });
    await world.push({ 'notes/a.md': 'a1' });
    await world.sync();
    expect(reviewer.open).toEqual([]);
    expect(await proposal()).toMatchObject({ cycle: null });
    expect(await world.conflicts()).toEqual([]);
  });

  it('proposes again what a merge left out', async () => {
    const { world } = reviewer;
    await edit({ 'notes/a.md': 'a1' }, 'First');
    world.gitlab.jobs.hold();
    await edit({ 'notes/a.md': 'a2' }, 'Second');
    world.gitlab.jobs.release();
    await world.push({ 'notes/a.md': 'a1' }); // only the first version was merged, by hand
    await world.sync();
    expect(await world.dot()).toMatchObject({ 'notes/a.md': 'a2' });
    expect(await world.conflicts()).toEqual([]);
    expect(reviewer.files(reviewer.request.source)['notes/a.md']).toBe('a2');
    expect(reviewer.files('main')['notes/a.md']).toBe('a1');
    await reviewer.merge();
    expect(reviewer.files('main')['notes/a.md']).toBe('a2');
  });

  it('takes back an edit that a merge published meanwhile', async () => {
    const { world } = reviewer;
    await edit({ 'notes/a.md': 'a1' });
    await world.edit({ 'notes/a.md': 'a' });
    await reviewer.merge();
    await world.sync();
    expect(await world.dot()).toMatchObject({ 'notes/a.md': 'a' });
    expect(reviewer.files(reviewer.request.source)['notes/a.md']).toBe('a');
  });

  it('begins another cycle with the next change after a merge', async () => {
    const { world } = reviewer;
    await edit({ 'notes/a.md': 'a1' });
    await reviewer.merge();
    await edit({ 'notes/b.md': 'b1' }, 'Next');
    expect(reviewer.titles(WORK)).toEqual(['Next']);
    expect(reviewer.request.iid).toBe(2);
    expect(await world.dot()).toEqual(reviewer.files(WORK));
  });

  it('takes another name if the work branch was kept', async () => {
    const { world } = reviewer;
    world.gitlab.git.createBranch('ada/context', WORK);
    await edit({ 'notes/a.md': 'a1' });
    expect(reviewer.request.source).toBe('dot/context-2');
    expect(reviewer.files(WORK)['notes/a.md']).toBe('a');
  });

  describe('A reviewer', () => {
    it('edits on the work branch, which comes to Dot with the author', async () => {
      const { world } = reviewer;
      await edit({ 'notes/a.md': 'a1' });
      await reviewer.push(WORK, { 'notes/a.md': 'a2', 'notes/d.md': 'd' }, 'Better');
      expect(await world.dot()).toMatchObject({ 'notes/a.md': 'a2', 'notes/d.md': 'd' });
      const [{ author, origin }] = (await world.store.history(world.org, { path: 'notes/a.md' })).items;
      expect({ author: author.name, origin }).toEqual({ author: 'Grace', origin: 'gitlab' });
      await reviewer.merge();
      expect(await world.dot()).toEqual(reviewer.files('main'));
      expect(await proposal()).toMatchObject({ cycle: null, reviewed: [] });
    });

    it('loses to a later edit in Dot, and is kept', async () => {
      const { world } = reviewer;
      await edit({ 'notes/a.md': 'a1' });
      await world.edit({ 'notes/a.md': 'mine' });
      world.clock.advance(-120_000);
      world.gitlab.git.push('ada/context', WORK, { files: { 'notes/a.md': 'theirs' } });
      world.clock.advance(180_000);
      await world.sync();
      expect(reviewer.files(WORK)['notes/a.md']).toBe('mine');
      expect(await world.conflicts()).toMatchObject([{ path: 'notes/a.md', winner: 'local' }]);
    });

    it('rebases the work branch, and Dot goes on from there', async () => {
      const { world } = reviewer;
      await edit({ 'notes/a.md': 'a1' });
      await world.push({ 'notes/b.md': 'b1' });
      await world.sync();
      await reviewer.rebase();
      await edit({ 'notes/c.md': 'c1' });
      expect(reviewer.files(WORK)).toEqual({ 'notes/a.md': 'a1', 'notes/b.md': 'b1', 'notes/c.md': 'c1' });
      expect(reviewer.requests).toHaveLength(1);
      expect(await world.conflicts()).toEqual([]);
    });

    it('closes the merge request: nothing is opened until there is a new edit', async () => {
      const { world } = reviewer;
      await edit({ 'notes/a.md': 'a1' });
      await reviewer.close();
      expect(await proposal()).toMatchObject({
        refusal: { how: 'closed' },
        mergeRequest: { state: 'closed' },
      });
      await world.engine.request.execute(world.org, 'push', 'manual');
      await world.sync();
      await world.push({ 'notes/c.md': 'c1' });
      await world.sync();
      expect(reviewer.open).toEqual([]);
      await edit({ 'notes/b.md': 'b1' });
      expect(reviewer.request.iid).toBe(2);
      expect(reviewer.files(WORK)).toMatchObject({ 'notes/a.md': 'a1', 'notes/b.md': 'b1' });
    });

    it('closes it unnoticed before another edit, which opens another one', async () => {
      const { world } = reviewer;
      await edit({ 'notes/a.md': 'a1' });
      world.gitlab.reviewer.close('ada/context');
      await edit({ 'notes/b.md': 'b1' });
      expect(reviewer.request).toMatchObject({ iid: 2 });
      expect((await proposal())?.mergeRequest).toMatchObject({
        iid: 2,
        state: 'opened',
        changes: 2,
        ours: true,
      });
    });

    it('closes it unnoticed after the last edit, which stays refused', async () => {
      const { world } = reviewer;
      await edit({ 'notes/a.md': 'a1' });
      await world.edit({ 'notes/b.md': 'b1' });
      world.clock.advance(1000);
      world.gitlab.reviewer.close('ada/context');
      await world.sync();
      expect(reviewer.open).toEqual([]);
      expect(await proposal()).toMatchObject({ refusal: { how: 'closed' } });
    });

    it('loses to a commit on the branch: the merge request ends, because nothing differs', async () => {
      const { world } = reviewer;
      await edit({ 'notes/a.md': 'a1' });
      await reviewer.push(WORK, { 'notes/b.md': 'reviewed' });
      await world.push({ 'notes/a.md': 'a2', 'notes/b.md': 'b2' });
      await world.sync();
      expect(await world.dot()).toMatchObject({ 'notes/a.md': 'a2', 'notes/b.md': 'b2' });
      expect(await world.conflicts()).toHaveLength(2);
      expect(reviewer.open).toEqual([]);
      expect(await proposal()).toMatchObject({ cycle: null });
    });

    it('opens it again', async () => {
      await edit({ 'notes/a.md': 'a1' });
      await reviewer.close();
      await reviewer.reopen(1);
      expect(await proposal()).toMatchObject({ refusal: null, mergeRequest: { state: 'opened' } });
    });

    it('deletes the work branch, and the next edit opens another merge request', async () => {
      const { world } = reviewer;
      await edit({ 'notes/a.md': 'a1' });
      await reviewer.deleteBranch(WORK);
      expect(await proposal()).toMatchObject({ mergeRequest: { state: 'branch_deleted' } });
      expect(reviewer.open).toEqual([]);
      await edit({ 'notes/b.md': 'b1' });
      expect(reviewer.files(WORK)).toMatchObject({ 'notes/a.md': 'a1', 'notes/b.md': 'b1' });
      expect(reviewer.request.iid).toBe(2);
      expect(await world.dot()).toMatchObject({ 'notes/a.md': 'a1' });
    });

    it('aims it at another branch: pushes stop, and say so', async () => {
      const { world } = reviewer;
      world.gitlab.git.createBranch('ada/context', 'release');
      await edit({ 'notes/a.md': 'a1' });
      await reviewer.retarget('release');
      await edit({ 'notes/b.md': 'b1' });
      expect(await world.state()).toMatchObject({
        blocked: { code: 'merge_request_retargeted', scope: 'push' },
      });
      await reviewer.retarget('main');
      await world.engine.request.resume(world.org);
      await world.sync();
      expect(await world.state()).toMatchObject({ blocked: null });
      expect((await proposal())?.mergeRequest).toMatchObject({ state: 'opened', changes: 2 });
    });
  });

  describe('A commit on the target branch', () => {
    it('arrives in Dot, and stays out of the merge request', async () => {
      const { world } = reviewer;
      await edit({ 'notes/a.md': 'a1' }, 'Mine');
      await world.push({ 'notes/b.md': 'b1', 'notes/n.md': 'n' });
      await world.sync();
      await edit({ 'notes/c.md': 'c1' }, 'Too');
      expect(await world.dot()).toMatchObject({ 'notes/b.md': 'b1', 'notes/n.md': 'n' });
      expect(reviewer.titles(WORK)).toEqual(['Too', 'Mine']);
      expect(reviewer.files(WORK)).toMatchObject({ 'notes/b.md': 'b' });
    });

    it('wins over an older proposal, which is kept; the work branch takes it', async () => {
      const { world } = reviewer;
      await edit({ 'notes/a.md': 'a1', 'notes/b.md': 'b1' });
      await world.push({ 'notes/a.md': 'theirs' });
      await world.sync();
      expect(await world.dot()).toMatchObject({ 'notes/a.md': 'theirs', 'notes/b.md': 'b1' });
      expect(await world.conflicts()).toMatchObject([{ path: 'notes/a.md', winner: 'remote' }]);
      expect(reviewer.files(WORK)).toMatchObject({ 'notes/a.md': 'theirs', 'notes/b.md': 'b1' });
      await reviewer.merge();
      expect(reviewer.files('main')).toMatchObject({ 'notes/a.md': 'theirs', 'notes/b.md': 'b1' });
      expect(await world.dot()).toEqual(reviewer.files('main'));
    });

    it('loses to a newer proposal: another work branch merges cleanly, and the old request is closed', async () => {
      const { world } = reviewer;
      await edit({ 'notes/a.md': 'a1' }, 'One');
      await edit({ 'notes/b.md': 'b1' }, 'Two');
      await world.edit({ 'notes/a.md': 'a2' }, { message: 'Three' });
      world.clock.advance(-90_000);
      world.gitlab.git.push('ada/context', 'main', { files: { 'notes/a.md': 'theirs' } });
      world.clock.advance(200_000);
      await world.hear();
      await world.sync();
      expect(await world.dot()).toMatchObject({ 'notes/a.md': 'a2', 'notes/b.md': 'b1' });
      expect(await world.conflicts()).toMatchObject([{ path: 'notes/a.md', winner: 'local' }]);
      expect(reviewer.requests.map(({ state }) => state)).toEqual(['closed', 'opened']);
      expect(reviewer.request.source).toBe('dot/context-2');
      expect(reviewer.titles('dot/context-2')).toEqual(['Three', 'Two', 'One']);
      await reviewer.merge();
      expect(await world.dot()).toEqual(reviewer.files('main'));
    });

    it.each<[string, string | null, readonly Edit[]]>([
      [
        'the deletion of a file, whose name another file has then',
        null,
        [{ op: 'move', from: 'notes/a.md', path: 'notes/moved.md' }, put('notes/a.md', 'mine')],
      ],
      [
        'a text, after very many others',
        '10',
        [...Array.from({ length: 60 }, (_, nth) => put('notes/a.md', `${nth}`)), put('notes/a.md', 'mine')],
      ],
    ])('lands no version that a later one of the same change replaces: %s', async (_, theirs, edits) => {
      const { world } = reviewer;
      await edit({ 'notes/b.md': 'b1' });
      await world.push({ 'notes/a.md': theirs });
      await world.change(edits);
      await world.sync();
      expect(await world.conflicts()).toMatchObject([{ path: 'notes/a.md', winner: 'local' }]);
      expect(await world.dot()).toMatchObject({ 'notes/a.md': 'mine' });
      expect(reviewer.files(reviewer.request.source)).toMatchObject({
        'notes/a.md': 'mine',
        'notes/b.md': 'b1',
      });
    });

    it('is followed by an edit of the same file: another work branch starts from it', async () => {
      const { world } = reviewer;
      await edit({ 'notes/b.md': 'b1' });
      await world.push({ 'notes/a.md': 'theirs' });
      await world.sync();
      await edit({ 'notes/a.md': 'mine' });
      expect(reviewer.files(reviewer.request.source)).toMatchObject({
        'notes/a.md': 'mine',
        'notes/b.md': 'b1',
      });
      await reviewer.merge();
      expect(reviewer.files('main')).toMatchObject({ 'notes/a.md': 'mine', 'notes/b.md': 'b1' });
    });
  });

  describe('An answer that is lost', () => {
    it.each(['commit', 'createMergeRequest', 'updateMergeRequest'])(
      'to %s doubles nothing',
      async (operation) => {
        const { world } = reviewer;
        if (operation === 'updateMergeRequest') await edit({ 'notes/c.md': 'c1' }, 'Before');
        world.gitlab.calls.faults.add({ fault: { kind: 'answer-lost' }, on: operation });
        await edit({ 'notes/a.md': 'a1' }, 'One');
        await edit({ 'notes/b.md': 'b1' }, 'Two');
        expect(reviewer.titles(WORK).filter((title) => title !== 'Before')).toEqual(['Two', 'One']);
        expect(reviewer.requests).toHaveLength(1);
        expect((await proposal())?.mergeRequest).toMatchObject({ state: 'opened', ours: true });
        expect(await world.state()).toMatchObject({ failure: null, blocked: null });
      },
    );
  });

  it('is found by polling if no webhook arrives', async () => {
    const { world } = reviewer;
    await edit({ 'notes/a.md': 'a1' });
    world.gitlab.reviewer.commit('ada/context', { 'notes/b.md': 'reviewed' });
    const poll = async () => {
      world.clock.advance(1_000_000);
      await world.engine.sweeper.sweepOnce();
      await world.sync();
    };
    await poll();
    expect(await world.dot()).toMatchObject({ 'notes/b.md': 'reviewed' });
    world.gitlab.reviewer.close('ada/context');
    await poll();
    expect(await proposal()).toMatchObject({ refusal: { how: 'closed' } });
  });

  it('begins with a commit on the branch itself if the repository is empty', async () => {
    const world = await SyncWorld.configured({ dot: { 'notes/a.md': 'a' } });
    await world.projects.update({ org: world.org, publish: 'merge_request' }, new FakeAct());
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'a' });
    await world.edit({ 'notes/a.md': 'a1' });
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'a' });
    expect(world.project.mergeRequests.size).toBe(1);
  });

  describe('before the first commit', () => {
    const PROJECT = 'ada/context';
    /** Gives the token's user no more than this role. */
    const giveRole = ({ gitlab, project }: SyncWorld, level: 20 | 30 | 40) => {
      project.namespace.members.clear();
      gitlab.givenMember(PROJECT, 'ada', level);
    };

    it.each<[string, string, (world: SyncWorld) => void]>([
      [
        'merge requests are switched off',
        'merge_requests_disabled',
        ({ gitlab }) => gitlab.setMerging(PROJECT, { mergeRequestsEnabled: false }),
      ],
      ["the token's user is no Developer", 'work_branch_refused', (world) => giveRole(world, 20)],
      [
        'a rule that a Developer cannot read asks for a higher role',
        'branch_protected',
        (world) => {
          giveRole(world, 30);
          world.gitlab.protect(PROJECT, 'dot/*', 40);
        },
      ],
      [
        'a rule that a Maintainer can read asks for a higher role',
        'work_branch_refused',
        (world) => {
          giveRole(world, 40);
          world.gitlab.protect(PROJECT, 'dot/*', 50);
        },
      ],
    ])('stops if %s: %s', async (_, code, arrange) => {
      arrange(reviewer.world);
      await edit({ 'notes/a.md': 'a1' });
      expect(await reviewer.world.state()).toMatchObject({ blocked: { code, scope: 'push' } });
      expect(reviewer.has(WORK)).toBe(false);
    });

    it.each<[string, (world: SyncWorld) => void]>([
      ['a Developer', (world) => giveRole(world, 30)],
      [
        'a role that the rule asks for',
        (world) => {
          giveRole(world, 40);
          world.gitlab.protect(PROJECT, 'dot/*', 40);
        },
      ],
    ])('goes on for %s', async (_, arrange) => {
      arrange(reviewer.world);
      await edit({ 'notes/a.md': 'a1' });
      expect(await reviewer.world.state()).toMatchObject({ blocked: null });
      expect(reviewer.files(WORK)).toMatchObject({ 'notes/a.md': 'a1' });
    });
  });

  it('stops before the first commit if a rule protects the work branch, or a branch has a part of its name', async () => {
    const { world } = reviewer;
    world.gitlab.protect('ada/context', 'dot/*', 0);
    await edit({ 'notes/a.md': 'a1' });
    expect(await world.state()).toMatchObject({ blocked: { code: 'work_branch_refused' } });
    expect((await world.engine.plan.execute(world.org)).warnings).toEqual([expect.stringContaining('dot/*')]);
    world.gitlab.unprotect(world.project, 'dot/*');
    world.gitlab.git.createBranch('ada/context', 'dot');
    await world.engine.request.resume(world.org);
    await world.sync();
    expect(await world.state()).toMatchObject({ blocked: { code: 'work_branch_name_taken' } });
    expect((await world.engine.plan.execute(world.org)).warnings).toEqual([
      expect.stringContaining('branch dot'),
    ]);
  });

  it('writes no text that commands GitLab', async () => {
    const { world } = reviewer;
    await world.edit(
      { 'notes/@all.md': 'x' },
      {
        message: '/close\nCloses #1 @all',
        author: { name: '/merge', email: 'm@example.com' },
      },
    );
    await world.edit({ 'notes/b.md': 'b1' }, { message: 'Draft: fixup! this' });
    await world.sync();
    expect(reviewer.request).toMatchObject({ state: 'opened', executed: [], mentioned: [] });
    expect(reviewer.request.title).not.toMatch(/draft/i);
  });

  it.each([
    ['on a new work branch', {}],
    ['on another work branch, beside what is proposed', { 'notes/own.md': 'own1' }],
  ])('puts files back that the branch lost: %s', async (_, proposed) => {
    const lost = Object.fromEntries(Array.from({ length: 12 }, (_, nth) => [`notes/${nth}.md`, `${nth}`]));
    reviewer = await Reviewer.of({ ...lost, 'notes/own.md': 'own' });
    const { world } = reviewer;
    await edit(proposed);
    await world.push(Object.fromEntries(Object.keys(lost).map((path) => [path, null])));
    await world.sync();
    const { id, status } = await world.lastRun('pull');
    expect(status).toBe('awaiting_confirmation');
    await world.engine.answer.keep(world.org, id, new FakeAct());
    await world.sync();
    expect(await world.engine.runs.find(world.org, id)).toMatchObject({ status: 'succeeded', commits: [] });
    expect(await world.state()).toMatchObject({ blocked: null, question: null });
    expect(reviewer.files('main')).toEqual({ 'notes/own.md': 'own' });
    const kept = { ...lost, 'notes/own.md': 'own', ...proposed };
    expect(reviewer.files(reviewer.request.source)).toEqual(kept);
    await reviewer.merge();
    expect(reviewer.files('main')).toEqual(kept);
    expect(await world.dot()).toEqual(kept);
  });

  describe('Another mode', () => {
    it('direct sends waiting changes to the branch, and closes the merge request', async () => {
      const { world } = reviewer;
      await edit({ 'notes/a.md': 'a1' }, 'One');
      await reviewer.push(WORK, { 'notes/b.md': 'b1' });
      world.gitlab.protect('ada/context', 'main', 40);
      await world.projects.update({ org: world.org, publish: 'direct' }, new FakeAct());
      await world.sync();
      expect(reviewer.files('main')).toMatchObject({ 'notes/a.md': 'a1', 'notes/b.md': 'b1' });
      expect(reviewer.open).toEqual([]);
      expect(await world.state()).toMatchObject({ proposal: null });
      expect(await world.dot()).toEqual(reviewer.files('main'));
    });

    it('direct sends changes whose merge request a person closed, and needs no answer any more', async () => {
      const { world } = reviewer;
      await edit({ 'notes/a.md': 'a1' });
      await reviewer.close();
      world.gitlab.protect('ada/context', 'main', 40);
      await world.projects.update({ org: world.org, publish: 'direct' }, new FakeAct());
      await world.engine.request.byPerson(world.org, 'push', new FakeAct());
      await world.sync();
      expect(reviewer.files('main')).toMatchObject({ 'notes/a.md': 'a1' });
      expect(await world.state()).toMatchObject({ proposal: null });
    });

    it('is left while changes wait: they are proposed', async () => {
      const { world } = reviewer;
      await world.projects.update({ org: world.org, publish: 'direct' }, new FakeAct());
      await edit({ 'notes/a.md': 'a1' });
      expect(await world.state()).toMatchObject({ blocked: { code: 'branch_protected' } });
      await world.projects.update({ org: world.org, publish: 'merge_request' }, new FakeAct());
      await world.sync();
      expect(reviewer.files(WORK)['notes/a.md']).toBe('a1');
      expect(reviewer.open).toHaveLength(1);
    });
  });
});
