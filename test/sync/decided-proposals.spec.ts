import { FakeAct } from '@app/audit/testing';
import { submodule } from '@app/fake-gitlab';
import { blobOf } from '@app/kernel';
import type { SyncEngineSettings } from '@app/sync-engine/testing';
import { meanwhile } from '../support/meanwhile';
import { Reviewer } from '../support/reviewer';

const WORK = 'dot/context';
const FILES = { 'notes/a.md': 'a', 'notes/b.md': 'b', 'notes/c.md': 'c' };

describe('A proposal', () => {
  let reviewer: Reviewer;
  const edit = async (files: Record<string, string | null>, message = 'Edit') => {
    await reviewer.world.edit(files, { message });
    await reviewer.world.sync();
  };
  const decide = async (intent: 'propose' | 'discard', act = new FakeAct()) => {
    const { world } = reviewer;
    const { id } = await world.engine.decide.execute(world.org, intent, act);
    await world.sync();
    return (await world.engine.runs.find(world.org, id))!;
  };
  const proposal = async () => (await reviewer.world.state()).proposal;
  const pending = async () => {
    const { engine, org, projects } = reviewer.world;
    return (await engine.status.execute(org, await projects.target(org))).pendingPush;
  };
  beforeEach(async () => {
    reviewer = await Reviewer.of(FILES);
  });

  describe('that an admin discards', () => {
    it('gives way to the texts of the branch, as one change of the admin', async () => {
      const { world } = reviewer;
      await edit({ 'notes/a.md': 'a1' });
      await edit({ 'notes/b.md': null, 'notes/new.md': 'new' });
      const act = new FakeAct();
      const run = await decide('discard', act);
      expect(run).toMatchObject({ kind: 'pull', status: 'succeeded', intent: 'discard' });
      expect(await world.dot()).toEqual(FILES);
      const { items } = await world.store.history(world.org, { limit: 3 });
      expect(new Set(items.map(({ path }) => path))).toEqual(
        new Set(['notes/a.md', 'notes/b.md', 'notes/new.md']),
      );
      expect(new Set(items.map(({ revision }) => revision)).size).toBe(1);
      expect(items[0]).toMatchObject({ author: { name: act.by.name }, origin: 'gitlab' });
      expect(items[0].message).toMatch(/^Discard the proposed changes/);
      expect(items[0].at).toEqual(world.clock.now());
    });

    it('leaves a text in Dot whose file on the branch cannot be taken', async () => {
      const { world } = reviewer;
      await world.push({ 'notes/b.md': Buffer.from([0xff, 0xfe, 0]) });
      await world.sync();
      await edit({ 'notes/a.md': 'a1', 'notes/b.md': 'b1' });
      expect(await decide('discard')).toMatchObject({ status: 'succeeded' });
      expect(await world.dot()).toEqual({ ...FILES, 'notes/b.md': 'b1' });
    });

    it('closes its merge request with the reason, and leaves the work branch as it is', async () => {
      await edit({ 'notes/a.md': 'a1' });
      await decide('discard');
      expect(reviewer.requests).toMatchObject([{ state: 'closed' }]);
      expect(reviewer.requests[0].description).toMatch(
        /^Closed: an admin discarded these changes in Dot\.\n/,
      );
      expect(reviewer.files(WORK)['notes/a.md']).toBe('a1');
      expect(await proposal()).toMatchObject({ cycle: null, reviewed: [], refusal: null, superseded: null });
      expect(await reviewer.world.state()).toMatchObject({ snapshotDue: false });
      expect(await pending()).toBe(0);
    });

    it('is followed by one with later edits only', async () => {
      await edit({ 'notes/a.md': 'a1' });
      await decide('discard');
      await edit({ 'notes/b.md': 'b1' }, 'Later');
      expect(reviewer.request.source).toBe('dot/context-2');
      expect(reviewer.titles('dot/context-2')).toEqual(['Later']);
      expect(reviewer.files('dot/context-2')).toEqual({ ...FILES, 'notes/b.md': 'b1' });
    });

    it('is over too if a person has closed its merge request', async () => {
      const { world } = reviewer;
      await edit({ 'notes/a.md': 'a1' });
      await reviewer.push(WORK, { 'notes/c.md': 'reviewed' });
      await reviewer.close();
      await decide('discard');
      expect(await world.dot()).toEqual(FILES);
      expect(await proposal()).toMatchObject({ cycle: null, reviewed: [], refusal: null });
      expect(
        await world.engine.status.execute(world.org, await world.projects.target(world.org)),
      ).toMatchObject({ health: 'ok', error: null, pendingPush: 0 });
    });

    it('changes nothing in Dot if nothing differs', async () => {
      const { world } = reviewer;
      await edit({ 'notes/a.md': 'a1' });
      await reviewer.merge();
      const before = await world.store.revision(world.org);
      await decide('discard');
      expect(await world.store.revision(world.org)).toBe(before);
      expect(await world.dot()).toEqual(reviewer.files('main'));
    });

    it('gives way also at the path of a submodule, which the work branch got', async () => {
      await edit({ 'notes/a.md': 'a1' });
      await reviewer.push(WORK, { 'notes/a.md': submodule('1'.repeat(40)) });
      await decide('discard');
      expect(await reviewer.world.dot()).toEqual(FILES);
      expect(await pending()).toBe(0);
    });

    it('arrives like any text if somebody merges it by hand later, also after a reviewer deleted it', async () => {
      const { world } = reviewer;
      await edit({ 'notes/new.md': 'new', 'notes/other.md': 'other' });
      await reviewer.push(WORK, { 'notes/new.md': null });
      await decide('discard');
      await world.push({ 'notes/new.md': 'new', 'notes/other.md': 'other' });
      await world.sync();
      expect(await world.dot()).toEqual({ ...FILES, 'notes/new.md': 'new', 'notes/other.md': 'other' });
      expect(await pending()).toBe(0);
    });

    it('gives way to what the branch has, after a comparison that left something out', async () => {
      const { world } = reviewer;
      world.gitlab.calls.faults.add({
        fault: { kind: 'loses-part', part: 'notes/a.md' },
        on: 'changesSince',
      });
      await world.push({ 'notes/a.md': null, 'notes/b.md': 'b1' });
      await world.sync();
      await edit({ 'notes/a.md': 'a1' });
      await decide('discard');
      expect(await world.dot()).toEqual({ 'notes/b.md': 'b1', 'notes/c.md': 'c' });
    });

    it('keeps an edit of another file that is made meanwhile, and proposes it', async () => {
      const { world } = reviewer;
      await edit({ 'notes/a.md': 'a1' });
      meanwhile(world, 'after', 'readFiles', () =>
        world.edit({ 'notes/b.md': 'meanwhile' }, { message: 'Meanwhile' }),
      );
      await decide('discard');
      expect(await world.dot()).toEqual({ ...FILES, 'notes/b.md': 'meanwhile' });
      expect(reviewer.titles(reviewer.request.source)).toEqual(['Meanwhile']);
    });

    it('takes back an edit of the same file that is made meanwhile, however often', async () => {
      const { world } = reviewer;
      await edit({ 'notes/a.md': 'a1' });
      let edits = 0;
      world.gitlab.calls.after = async ({ operation }) => {
        if (operation !== 'readFiles' || edits === 6) return;
        edits++;
        await world.edit({ 'notes/a.md': `edit ${edits}` });
      };
      await decide('discard');
      expect(edits).toBe(6);
      expect((await world.dot())['notes/a.md']).toBe('a');
      expect(await world.state()).toMatchObject({ failure: null, blocked: null });
    });
  });

  describe('that an admin proposes again', () => {
    it('opens another merge request with all of it', async () => {
      await edit({ 'notes/a.md': 'a1' });
      await edit({ 'notes/b.md': 'b1' });
      await reviewer.close();
      const run = await decide('propose');
      expect(run).toMatchObject({ kind: 'push', status: 'succeeded', intent: 'propose' });
      expect(reviewer.request.iid).toBe(2);
      expect(await proposal()).toMatchObject({
        refusal: null,
        mergeRequest: { state: 'opened', changes: 2 },
      });
      expect(reviewer.files(reviewer.request.source)).toMatchObject({
        'notes/a.md': 'a1',
        'notes/b.md': 'b1',
      });
    });

    it('gets another work branch if a person deleted it', async () => {
      await edit({ 'notes/a.md': 'a1' });
      await reviewer.deleteBranch(WORK);
      expect(reviewer.has(WORK)).toBe(false);
      await decide('propose');
      expect(reviewer.files(reviewer.request.source)).toMatchObject({ 'notes/a.md': 'a1' });
      expect(reviewer.files('main')['notes/a.md']).toBe('a');
    });
  });

  describe('whose work branch another one follows', () => {
    /** An edit of a file that the target changed since: the next push needs another work branch. */
    const follow = async (happening: () => unknown) => {
      const { world } = reviewer;
      await edit({ 'notes/b.md': 'b1' });
      await world.push({ 'notes/a.md': 'theirs' });
      await world.sync();
      meanwhile(world, 'before', 'commit', happening);
      await edit({ 'notes/a.md': 'mine' });
    };
    const review = (files: Record<string, string | null>) => {
      const { clock, gitlab } = reviewer.world;
      clock.advance(60_000);
      gitlab.git.push('ada/context', WORK, { files, author: { name: 'Grace', email: 'grace@example.com' } });
    };

    it('loses no commit that reaches it at the last moment', async () => {
      const { world } = reviewer;
      await follow(() => review({ 'notes/c.md': 'at the last moment' }));
      expect(await world.dot()).toMatchObject({ 'notes/c.md': 'at the last moment' });
      const [{ author, origin }] = (await world.store.history(world.org, { path: 'notes/c.md' })).items;
      expect({ author: author.name, origin }).toEqual({ author: 'Grace', origin: 'gitlab' });
      expect(reviewer.request.source).toBe('dot/context-2');
      expect(reviewer.files('dot/context-2')).toMatchObject({
        ...{ 'notes/a.md': 'mine', 'notes/b.md': 'b1', 'notes/c.md': 'at the last moment' },
      });
      expect(reviewer.requests.map(({ state }) => state)).toEqual(['closed', 'opened']);
      expect(await proposal()).toMatchObject({ superseded: null });
      await reviewer.merge();
      expect(await world.dot()).toEqual(reviewer.files('main'));
      expect(await proposal()).toMatchObject({ cycle: null, reviewed: [] });
    });

    it('keeps the loser if that commit and Dot changed the same file', async () => {
      const { world } = reviewer;
      await follow(() => review({ 'notes/b.md': 'reviewed' }));
      expect(await world.dot()).toMatchObject({ 'notes/b.md': 'reviewed' });
      expect(await world.conflicts()).toMatchObject([{ path: 'notes/b.md', winner: 'remote' }]);
    });

    it.each<[string, Partial<SyncEngineSettings>, string]>([
      ['place for it, because a file has the name of its directory', {}, 'notes/b.md/new.md'],
      ['room for it', { quota: { maxFiles: 3, maxBytes: 1_000 } }, 'notes/new.md'],
    ])('keeps the text of a new file in that commit if Dot has no %s', async (_, settings, path) => {
      reviewer = await Reviewer.of(FILES, settings);
      const { world } = reviewer;
      await follow(() => review({ 'notes/b.md': null, [path]: 'reviewed' }));
      expect(await world.dot()).toEqual({ 'notes/a.md': 'mine', 'notes/b.md': 'b1', 'notes/c.md': 'c' });
      expect(await world.state()).toMatchObject({ failure: null, blocked: null });
      const [{ kept }, ...others] = await world.conflicts();
      expect(others).toEqual([]);
      expect(await world.store.version(world.org, kept.version)).toMatchObject({
        ...{ path, blob: blobOf(Buffer.from('reviewed')) },
      });
      expect(reviewer.files(reviewer.request.source)).toMatchObject({
        'notes/a.md': 'mine',
        'notes/b.md': 'b1',
      });
    });

    it('stays refused if a person closes its merge request just then, until somebody opens it again', async () => {
      const { world } = reviewer;
      const { clock, gitlab } = world;
      await follow(() => {
        clock.advance(60_000);
        gitlab.reviewer.close('ada/context', reviewer.request.iid);
      });
      expect(reviewer.requests.map(({ state }) => state)).toEqual(['closed']);
      expect(await proposal()).toMatchObject({ refusal: { how: 'closed' }, superseded: null });
      await reviewer.reopen(1);
      await world.engine.request.byPerson(world.org, 'pull', new FakeAct());
      await world.sync();
      expect(await proposal()).toMatchObject({ refusal: null });
      expect(reviewer.requests[1]).toMatchObject({ source: 'dot/context-2', state: 'opened' });
    });

    it('is proposed again if a person closes its merge request just before another edit', async () => {
      const { world } = reviewer;
      await follow(async () => {
        world.clock.advance(60_000);
        world.gitlab.reviewer.close('ada/context', reviewer.request.iid);
        world.clock.advance(60_000);
        await world.edit({ 'notes/c.md': 'meanwhile' });
      });
      expect(reviewer.requests.map(({ state }) => state)).toEqual(['closed', 'opened']);
    });

    it('takes a new file of that commit, and sees no conflict in it', async () => {
      const { world } = reviewer;
      await follow(() => review({ 'notes/new.md': 'reviewed' }));
      expect(await world.dot()).toMatchObject({ 'notes/new.md': 'reviewed' });
      expect(await world.conflicts()).toEqual([]);
    });

    it('may be deleted before it is read for the last time', async () => {
      const { world } = reviewer;
      await follow(() => world.gitlab.git.deleteBranch('ada/context', WORK));
      expect(reviewer.request.source).toBe('dot/context-2');
      expect(await proposal()).toMatchObject({ superseded: null });
      expect(await world.state()).toMatchObject({ failure: null, blocked: null });
      await reviewer.merge();
      expect(await world.dot()).toEqual(reviewer.files('main'));
    });
  });

  it('is opened on a branch of the same name, if a person deleted the former one while Dot left it', async () => {
    const { world } = reviewer;
    await edit({ 'notes/b.md': 'b1' });
    await world.push({ 'notes/a.md': 'theirs' });
    await world.sync();
    await world.edit({ 'notes/a.md': 'mine' });
    meanwhile(world, 'before', 'branch', () => {
      world.clock.advance(60_000);
      world.gitlab.git.deleteBranch('ada/context', WORK);
      world.gitlab.jobs.settle();
    });
    await world.sync();
    expect(reviewer.request).toMatchObject({ iid: 2, source: WORK });
    expect(await proposal()).toMatchObject({ refusal: null, superseded: null, reviewed: [] });
  });

  it('counts as refused if a reviewer deletes all that it proposes: its merge request shows no difference', async () => {
    const { world } = reviewer;
    const many = Object.fromEntries(Array.from({ length: 15 }, (_, n) => [`notes/new-${n}.md`, `${n}`]));
    await edit(many);
    await reviewer.push(WORK, Object.fromEntries(Object.keys(many).map((path) => [path, null])));
    expect(reviewer.requests.map(({ state }) => state)).toEqual(['closed']);
    expect(await world.dot()).toEqual({ ...FILES, ...many });
    expect(await proposal()).toMatchObject({ refusal: { how: 'closed' } });
    await decide('propose');
    expect(reviewer.files(reviewer.request.source)).toEqual({ ...FILES, ...many });
  });

  describe('that reviewers took from its work branch', () => {
    const many = Object.fromEntries(Array.from({ length: 15 }, (_, n) => [`notes/new-${n}.md`, `${n}`]));
    const emptied = Object.fromEntries(Object.keys(many).map((path) => [path, null]));

    const empty = () => reviewer.push(WORK, emptied);

    it.each<[string, () => Promise<unknown>]>([
      ['an admin proposes it again', () => empty().then(() => decide('propose'))],
      ['somebody edits', () => empty().then(() => edit({ 'notes/a.md': 'a1' }))],
      ['somebody edits meanwhile', () => reviewer.world.edit({ 'notes/a.md': 'a1' }).then(empty)],
    ])('after they had closed it, and %s: another work branch has all of it', async (_, happening) => {
      await edit(many);
      await reviewer.close();
      await happening();
      expect(reviewer.request.source).toBe('dot/context-2');
      expect(reviewer.files('dot/context-2')).toEqual({ ...(await reviewer.world.dot()), ...many });
      expect((await proposal())?.refusal).toBeNull();
    });

    it('in large part: it goes on with the rest', async () => {
      await edit(many);
      const taken = Object.fromEntries(Object.entries(emptied).slice(0, 12));
      await reviewer.push(WORK, taken);
      expect(reviewer.requests).toHaveLength(1);
      expect(reviewer.request).toMatchObject({ source: WORK, state: 'opened' });
      expect(await proposal()).toMatchObject({ renew: false, mergeRequest: { changes: 3 } });
    });

    it('before its merge request was open: another work branch has all of it', async () => {
      const { world } = reviewer;
      world.gitlab.calls.faults.add({ fault: { kind: 'maintenance' }, on: 'createMergeRequest' });
      await world.edit(many);
      await world.takeTurns(2);
      expect(reviewer.requests).toEqual([]);
      await empty();
      expect(reviewer.request.source).toBe('dot/context-2');
      expect(reviewer.files('dot/context-2')).toEqual({ ...FILES, ...many });
    });
  });

  describe('whose work branch is', () => {
    it.each<[string, number, (world: Reviewer['world']) => void]>([
      ['deleted', 2, ({ gitlab }) => gitlab.git.deleteBranch('ada/context', WORK)],
      [
        'closed and deleted',
        2,
        ({ gitlab }) => {
          gitlab.reviewer.close('ada/context');
          gitlab.git.deleteBranch('ada/context', WORK);
        },
      ],
    ])('%s just before the next commit: another one has all changes', async (_, iid, happening) => {
      const { world } = reviewer;
      await edit({ 'notes/a.md': 'a1' }, 'One');
      meanwhile(world, 'before', 'commit', () => {
        happening(world);
        world.gitlab.jobs.settle();
      });
      await edit({ 'notes/b.md': 'b1' }, 'Two');
      expect(reviewer.request.iid).toBe(iid);
      expect(reviewer.titles(reviewer.request.source)).toEqual(['Two', 'One']);
      expect(reviewer.files(reviewer.request.source)).toEqual({
        ...FILES,
        'notes/a.md': 'a1',
        'notes/b.md': 'b1',
      });
      expect(await world.state()).toMatchObject({ failure: null, blocked: null });
    });

    it('made by its own first commit, which arrived late: Dot goes on with it', async () => {
      const { world } = reviewer;
      meanwhile(world, 'before', 'commit', async () => {
        const { first } = (await proposal())!.cycle!;
        world.gitlab.git.createBranch('ada/context', WORK);
        const message = `Edit\n\nDot-Change-Id: ${first}`;
        world.gitlab.git.push('ada/context', WORK, { files: { 'notes/a.md': 'a1' }, message });
      });
      await edit({ 'notes/a.md': 'a1' });
      expect(reviewer.request.source).toBe(WORK);
      expect(reviewer.titles(WORK)).toEqual(['Edit']);
      expect((await proposal())!.cycle).toMatchObject({ branch: WORK, exists: true });
      expect(await world.conflicts()).toEqual([]);
      await reviewer.merge();
      expect(await world.dot()).toEqual(reviewer.files('main'));
    });

    it('not known yet, because the answer is lost and GitLab is down: its commit is found later', async () => {
      const { world } = reviewer;
      world.gitlab.calls.faults.add({ fault: { kind: 'answer-lost' }, on: 'commit' });
      const down = { kind: 'server-error', status: 502, body: 'html' } as const;
      world.gitlab.calls.faults.add({ fault: down, on: 'findCommit', times: 3 });
      await edit({ 'notes/a.md': 'a1' }, 'One');
      await edit({ 'notes/b.md': 'b1' }, 'Two');
      expect(reviewer.titles(WORK)).toEqual(['Two', 'One']);
      expect(reviewer.requests).toMatchObject([{ source: WORK, state: 'opened' }]);
      expect(await world.state()).toMatchObject({ inFlight: null, failure: null });
    });

    it('made by somebody else just before its first commit: another name is taken', async () => {
      const { world } = reviewer;
      meanwhile(world, 'before', 'commit', () => world.gitlab.git.createBranch('ada/context', WORK));
      await edit({ 'notes/a.md': 'a1' });
      expect(reviewer.request.source).toBe('dot/context-2');
      expect(reviewer.files(WORK)).toEqual(FILES);
      expect(reviewer.titles('dot/context-2')).toEqual(['Edit']);
    });
  });
});
