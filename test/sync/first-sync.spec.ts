import { FakeAct } from '@app/audit/testing';
import type { Edit } from '@app/context-store';
import { meanwhile } from '../support/meanwhile';
import { ADA, SyncWorld } from '../support/sync-world';

describe('The first sync', () => {
  it('ships what only Dot has as one commit into an empty repository', async () => {
    const world = await SyncWorld.configured({ dot: { 'notes/a.md': 'a', 'skills/b.md': 'b' } });
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'a', 'skills/b.md': 'b' });
    expect(world.log()).toHaveLength(1);
    expect(world.log()[0]).toMatchObject({ author: ADA });
    expect(await world.lastRun('initial')).toMatchObject({ status: 'succeeded', counts: { created: 2 } });
  });

  it('pulls what only GitLab has, and pushes nothing', async () => {
    const world = await SyncWorld.configured({
      gitlab: { 'notes/a.md': 'a', 'README.md': 'out of scope', 'notes/b.txt': 'no' },
    });
    await world.sync();
    expect(await world.dot()).toEqual({ 'notes/a.md': 'a' });
    const [{ message }, ...others] = world.log();
    expect(others).toEqual([]);
    const { items } = await world.store.history(world.org, {});
    expect(items).toMatchObject([{ path: 'notes/a.md', message }]);
  });

  it.each([1, 40])('does not look for changes to push in the %i MiB that it pulled', async (count) => {
    const text = (n: number) => `# Page ${n}\n${'A line of text.\n'.repeat(65_000)}`;
    const files = Array.from({ length: count }, (_, n): [string, string] => [`notes/${n}.md`, text(n)]);
    const world = await SyncWorld.configured({ gitlab: Object.fromEntries(files) });
    const read = jest.spyOn(world.store, 'changesAfter');
    await world.sync();
    expect(await world.store.usage(world.org)).toMatchObject({ files: count });
    expect(await Promise.all(read.mock.results.map(({ value }) => value as unknown))).toEqual([[]]);
    await world.edit({ 'notes/new.md': 'n' });
    await world.sync();
    expect(world.onGitLab()['notes/new.md']).toBe('n');
  });

  it('commits an edit that is made during the first commit by itself, in the same run', async () => {
    const held = 'key: glpat-AbCdEfGhIjKlMnOpQrSt\n';
    const world = await SyncWorld.configured({
      dot: { 'notes/a.md': 'a', 'notes/b.md': 'b', 'notes/s.md': held },
    });
    const edits: Edit[] = [{ op: 'put', path: 'notes/a.md', content: Buffer.from('edited') }];
    const change = {
      id: '1',
      author: ADA,
      message: 'Explain A',
      origin: 'user',
      at: world.clock.now(),
      edits,
    } as const;
    meanwhile(world, 'after', 'commit', () => world.store.commit(world.org, change));
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'edited', 'notes/b.md': 'b' });
    expect(world.log().map(({ message }) => message.split('\n', 1)[0])).toEqual([
      'Explain A',
      'Add 2 context files from Dot',
    ]);
    expect((await world.lastRun('initial')).commits).toHaveLength(2);
  });

  it('brings together what each side has, and deletes nothing on either', async () => {
    const world = await SyncWorld.configured({
      gitlab: { 'notes/both.md': 'same', 'notes/theirs.md': 't' },
      dot: { 'notes/both.md': 'same', 'notes/ours.md': 'o' },
    });
    await world.sync();
    const everything = { 'notes/both.md': 'same', 'notes/ours.md': 'o', 'notes/theirs.md': 't' };
    expect(await world.dot()).toEqual(everything);
    expect(world.onGitLab()).toEqual(everything);
    expect(await world.conflicts()).toEqual([]);
  });

  it.each([
    ['newest', 'ours'],
    ['dot', 'ours'],
    ['gitlab', 'theirs'],
  ] as const)('decides by %s if both have a file, and keeps the other', async (onConflict, winner) => {
    const world = await SyncWorld.configured({
      gitlab: { 'notes/a.md': 'theirs' },
      dot: { 'notes/a.md': 'ours' },
      onConflict,
    });
    await world.sync();
    expect(await world.dot()).toEqual({ 'notes/a.md': winner });
    expect(world.onGitLab()).toEqual({ 'notes/a.md': winner });
    const [conflict] = await world.conflicts();
    const kept = await world.store.version(world.org, conflict.kept.version);
    const [text] = (await world.store.contents(world.org, [kept!.blob!])).values();
    expect(text.toString()).toBe(winner === 'ours' ? 'theirs' : 'ours');
  });

  it('takes an edit made while it waits into account exactly once', async () => {
    const world = await SyncWorld.configured({ dot: { 'notes/a.md': '1' } });
    await world.edit({ 'notes/a.md': '2' });
    await world.sync();
    await world.edit({ 'notes/a.md': '3' });
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': '3' });
    expect(world.log()).toHaveLength(2);
  });

  it('does nothing if both sides are empty, and continues from there', async () => {
    const world = await SyncWorld.configured();
    await world.sync();
    expect(await world.lastRun('initial')).toMatchObject({ status: 'succeeded' });
    await world.edit({ 'notes/a.md': 'a' });
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'a' });
  });

  it('starts over, without the former base, when the branch is another', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
    world.gitlab.git.push(world.project, 'next', { files: { 'notes/b.md': null } });
    await world.projects.update({ org: world.org, branch: 'next' }, new FakeAct());
    await world.sync();
    expect(await world.dot()).toEqual({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
    expect([...world.gitlab.git.tree(world.project, 'next').keys()]).toEqual(['notes/a.md', 'notes/b.md']);
  });

  it('brings in the files of a wider scope from both sides, and drops those that leave it', async () => {
    const world = await SyncWorld.configured({
      gitlab: { 'notes/a.md': 'a', 'docs/theirs.md': 't' },
      dot: { 'docs/ours.md': 'o', 'notes/n.md': 'n' },
    });
    await world.sync();
    await world.projects.update({ org: world.org, directories: ['docs'] }, new FakeAct());
    await world.sync();
    expect(await world.dot()).toEqual({
      'docs/ours.md': 'o',
      'docs/theirs.md': 't',
      'notes/a.md': 'a',
      'notes/n.md': 'n',
    });
    expect(world.onGitLab()).toEqual({
      'docs/ours.md': 'o',
      'docs/theirs.md': 't',
      'notes/a.md': 'a',
      'notes/n.md': 'n',
    });
    await world.edit({ 'notes/n.md': 'no longer in scope' });
    await world.push({ 'notes/a.md': 'no longer in scope' });
    await world.sync();
    expect(await world.dot()).toMatchObject({ 'notes/a.md': 'a' });
    expect(world.onGitLab()).toMatchObject({ 'notes/n.md': 'n' });
  });

  describe('that a person cancels', () => {
    async function cancelled(world: SyncWorld): Promise<void> {
      const { id } = await world.lastRun('initial');
      await world.engine.answer.cancel(world.org, id, new FakeAct());
    }
    const wanted = async ({ engine, org }: SyncWorld) =>
      (await engine.runs.open(org)).map(({ kind }) => kind);
    const gitlab = { 'notes/a.md': 'a' };

    it.each(['before a worker takes it', 'while it runs'])(
      '%s is not begun again automatically',
      async (when) => {
        const world = await SyncWorld.configured({ gitlab });
        if (when === 'while it runs')
          world.gitlab.calls.before = () => cancelled(world).catch(() => undefined);
        else await cancelled(world);
        await world.sync();
        world.gitlab.calls.reset();
        await world.engine.catchUp.execute(new AbortController().signal);
        await world.sync();
        expect(await world.dot()).toEqual({});
        expect(await wanted(world)).toEqual([]);
        const target = await world.projects.target(world.org);
        expect(await world.engine.status.execute(world.org, target)).toMatchObject({
          health: 'ok',
          pendingPull: true,
        });
      },
    );

    const person = (kind: 'pull' | 'push') => (world: SyncWorld) =>
      world.engine.request.byPerson(world.org, kind, new FakeAct());
    it.each([
      ['the pull that a person asks for', person('pull')],
      ['the push that a person asks for', person('push')],
      ['an edit in Dot', (world: SyncWorld) => world.edit({ 'notes/b.md': 'b' })],
      ['a push to GitLab', (world: SyncWorld) => world.hear()],
    ])('comes with %s', async (_, wake) => {
      const world = await SyncWorld.configured({ gitlab });
      await cancelled(world);
      await world.sync();
      await wake(world);
      await world.sync();
      expect(await world.dot()).toMatchObject(gitlab);
    });

    it('is wanted again if another branch is configured, even if that event is lost', async () => {
      const world = await SyncWorld.configured({ gitlab });
      world.gitlab.calls.before = () => cancelled(world).catch(() => undefined);
      await world.sync();
      world.gitlab.calls.reset();
      world.engine.react.onModuleDestroy();
      world.gitlab.git.push(world.project, 'next', { files: {} });
      await world.projects.update({ org: world.org, branch: 'next' }, new FakeAct());
      await world.engine.catchUp.execute(new AbortController().signal);
      expect(await wanted(world)).toEqual(['initial']);
    });
  });
});
