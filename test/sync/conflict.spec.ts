import { FakeAct } from '@app/audit/testing';
import type { ConflictFound } from '@app/sync-engine';
import { ADA, SyncWorld } from '../support/sync-world';

const kept = async (world: SyncWorld) => {
  const [{ kept }] = await world.conflicts();
  const version = (await world.store.version(world.org, kept.version))!;
  return version.blob === null
    ? null
    : (await world.store.contents(world.org, [version.blob])).get(version.blob)!.toString();
};

describe('A conflict', () => {
  /** Both edit before either sees the other edit; the second is the later one. */
  const race = async (first: 'dot' | 'gitlab', ours: string | null, theirs: string | null) => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'base', 'notes/other.md': 'o' });
    if (first === 'dot') await world.edit({ 'notes/a.md': ours });
    await world.push({ 'notes/a.md': theirs });
    if (first === 'gitlab') await world.edit({ 'notes/a.md': ours });
    await world.sync();
    return world;
  };

  it.each<[string, 'dot' | 'gitlab', string | null, string | null, string | null, string | null]>([
    ['Dot was later', 'gitlab', 'ours', 'theirs', 'ours', 'theirs'],
    ['GitLab was later', 'dot', 'ours', 'theirs', 'theirs', 'ours'],
    ['Dot deleted later', 'gitlab', null, 'theirs', null, 'theirs'],
    ['GitLab deleted later', 'dot', 'ours', null, null, 'ours'],
    ['Dot edited after GitLab deleted', 'gitlab', 'ours', null, 'ours', null],
    ['GitLab edited after Dot deleted', 'dot', null, 'theirs', 'theirs', null],
  ])('goes to the later one if %s, and keeps the other', async (_, first, ours, theirs, winner, loser) => {
    const world = await race(first, ours, theirs);
    const expected = { ...(winner !== null && { 'notes/a.md': winner }), 'notes/other.md': 'o' };
    expect(await world.dot()).toEqual(expected);
    expect(world.onGitLab()).toEqual(expected);
    expect(await world.conflicts()).toHaveLength(1);
    expect(await kept(world)).toBe(loser);
  });

  it('is announced with its winner', async () => {
    const world = await SyncWorld.synced();
    const heard: ConflictFound[] = [];
    world.events.on<ConflictFound>('conflict.found.v1', (event) => void heard.push(event));
    await world.push({ 'notes/a.md': 'theirs' });
    await world.edit({ 'notes/a.md': 'ours' });
    await world.sync();
    expect(heard).toMatchObject([{ org: world.org, path: 'notes/a.md', winner: 'dot' }]);
  });

  it.each(['dot', 'gitlab'] as const)('shows both sides and their origin, if %s wins', async (winner) => {
    const world = await race(winner === 'dot' ? 'gitlab' : 'dot', 'ours', 'theirs');
    const [conflict] = (await world.engine.conflicts.execute(world.org, {})).items;
    const textOf = async (version: string) => {
      const { blob } = (await world.store.version(world.org, version))!;
      return (await world.store.contents(world.org, [blob!])).get(blob!)!.toString();
    };
    const { stands, kept, base, runId } = conflict;
    expect([await textOf(stands!.version), await textOf(kept.version), await textOf(base!.version)]).toEqual(
      winner === 'dot' ? ['ours', 'theirs', 'base'] : ['theirs', 'ours', 'base'],
    );
    const [ours, theirs] = winner === 'dot' ? [stands!, kept] : [kept, stands!];
    expect([ours.author.name, theirs.author.name]).toEqual(['Ada', 'Grace']);
    const log = world.log();
    expect(theirs.commit).toBe(log.at(winner === 'dot' ? 1 : 0)!.id);
    expect(ours.commit).toBe(winner === 'dot' ? log[0].id : null);
    expect(base!.commit).toBe(log.at(-1)!.id);
    expect(await world.engine.runs.find(world.org, runId)).not.toBeNull();
  });

  it('goes off the list when it is dismissed, once, and its text stays', async () => {
    const world = await race('dot', 'ours', 'theirs');
    const [{ id, kept }] = await world.conflicts();
    const act = new FakeAct();
    await world.engine.dismiss.execute(world.org, id, act);
    expect(act.recorded).toEqual([id]);
    expect(await world.conflicts()).toEqual([]);
    expect(await world.store.version(world.org, kept.version)).not.toBeNull();
    await expect(world.engine.dismiss.execute(world.org, id, act)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it.each([
    ['the same text', 'same', 'same'],
    ['the same deletion', null, null],
    ['texts that differ by line endings alone', 'x\r\n', 'x\n'],
  ])('does not exist if both made %s', async (_, ours, theirs) => {
    const world = await race('dot', ours, theirs);
    expect(await world.conflicts()).toEqual([]);
    expect(world.onGitLab()['notes/a.md']).toBe(theirs ?? undefined);
    expect(world.log()).toHaveLength(2);
  });

  it('replays every change in order if Dot wins, and none if GitLab wins', async () => {
    for (const winner of ['dot', 'gitlab']) {
      const world = await SyncWorld.synced({ 'notes/a.md': 'base' });
      await world.projects.update({ org: world.org, autoSync: false }, new FakeAct());
      await world.edit({ 'notes/a.md': '1' }, { message: 'one' });
      if (winner === 'dot') await world.push({ 'notes/a.md': 'theirs' });
      await world.edit({ 'notes/a.md': '2', 'notes/b.md': 'b' }, { message: 'two' });
      if (winner === 'gitlab') await world.push({ 'notes/a.md': 'theirs' });
      await world.engine.request.byPerson(world.org, 'push', new FakeAct());
      await world.sync();
      const titles = world.log().map(({ message }) => message.split('\n')[0]);
      expect(titles.filter((title) => ['one', 'two'].includes(title))).toEqual(
        winner === 'dot' ? ['two', 'one'] : ['two'],
      );
      const text = winner === 'dot' ? '2' : 'theirs';
      expect(world.onGitLab()).toEqual({ 'notes/a.md': text, 'notes/b.md': 'b' });
      expect(await world.dot()).toEqual(world.onGitLab());
    }
  });

  it.each<[string, 'dot' | 'gitlab', string | null, string]>([
    ["GitLab's text", 'gitlab', 'ours', 'theirs'],
    ["Dot's text", 'dot', 'ours', 'theirs'],
    ["GitLab's text in place of a deletion", 'gitlab', null, 'theirs'],
  ])('is undone by restoring the loser, once: %s', async (_, first, ours, theirs) => {
    const world = await race(first, ours, theirs);
    const loser = (await kept(world))!;
    const [{ id }] = await world.conflicts();
    const act = new FakeAct();
    const restore = () => world.engine.restore.execute(world.org, id, ADA, act);
    await restore();
    await world.sync();
    expect(await world.dot()).toMatchObject({ 'notes/a.md': loser });
    expect(world.onGitLab()).toEqual(await world.dot());
    expect(await world.conflicts()).toEqual([]);
    const [{ author, origin }] = (await world.store.history(world.org, { path: 'notes/a.md' })).items;
    expect({ author, origin }).toEqual({ author: ADA, origin: 'user' });
    const before = await world.store.revision(world.org);
    for (const unknown of [id, 'none']) {
      const again = world.engine.restore.execute(world.org, unknown, ADA, act);
      await expect(again).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(await world.store.revision(world.org)).toBe(before);
  });

  it('leaves no change pending that lost it, while auto-sync is off', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'base' });
    await world.projects.update({ org: world.org, autoSync: false }, new FakeAct());
    const pendingPush = async () =>
      (await world.engine.status.execute(world.org, await world.projects.target(world.org))).pendingPush;
    await world.edit({ 'notes/a.md': 'ours' });
    await world.edit({ 'notes/b.md': 'b' });
    expect(await pendingPush()).toBe(2);
    await world.push({ 'notes/a.md': 'theirs' });
    await world.sync();
    expect(await pendingPush()).toBe(1);
    await world.engine.request.byPerson(world.org, 'push', new FakeAct());
    await world.sync();
    expect(await pendingPush()).toBe(0);
  });

  it('is found by the push too, if no webhook arrived', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'base' });
    world.clock.advance(1000);
    world.gitlab.git.push(world.project, 'main', { files: { 'notes/a.md': 'theirs' } });
    await world.edit({ 'notes/a.md': 'ours' });
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'ours' });
    expect(await kept(world)).toBe('theirs');
  });

  it('replays an edit made in Dot while the pull that found both sides equal was under way', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'base' });
    await world.projects.update({ org: world.org, autoSync: false }, new FakeAct());
    await world.edit({ 'notes/a.md': 'same' });
    let edited = false;
    world.gitlab.calls.after = async ({ operation }) => {
      if (operation !== 'readFiles' || edited) return;
      edited = true;
      await world.edit({ 'notes/a.md': 'later' });
    };
    await world.push({ 'notes/a.md': 'same' });
    await world.sync();
    expect(edited).toBe(true);
    await world.engine.request.byPerson(world.org, 'push', new FakeAct());
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'later' });
    expect(await world.conflicts()).toEqual([]);
  });

  it('does not revive pending edits that a revert made void', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'base' });
    await world.projects.update({ org: world.org, autoSync: false }, new FakeAct());
    await world.edit({ 'notes/a.md': 'draft' });
    await world.edit({ 'notes/a.md': 'base' });
    await world.push({ 'notes/a.md': 'theirs' });
    await world.sync();
    await world.engine.request.byPerson(world.org, 'push', new FakeAct());
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'theirs' });
    expect(await world.dot()).toEqual({ 'notes/a.md': 'theirs' });
  });
});

describe("A teammate's text that is in quarantine", () => {
  const BAD = 'a: [unclosed';

  it.each<[string, (world: SyncWorld) => Promise<void>]>([
    ['an edit', (world) => world.edit({ 'notes/a.yaml': 'a: 2' })],
    ['a deletion', (world) => world.edit({ 'notes/a.yaml': null })],
    ['a move', (world) => world.change([{ op: 'move', from: 'notes/a.yaml', path: 'notes/b.yaml' }])],
  ])('is kept as the loser of a conflict when %s made in Dot replaces it', async (_, replace) => {
    const world = await SyncWorld.synced({ 'notes/a.yaml': 'a: 1' });
    await world.push({ 'notes/a.yaml': BAD });
    const [{ committer }] = world.log();
    await world.push({ 'notes/c.md': 'later, by Grace too' });
    await world.sync();
    expect((await world.quarantined()).get('notes/a.yaml')?.reason).toBe('yaml_invalid');
    await replace(world);
    await world.sync();
    const [conflict, ...others] = await world.conflicts();
    expect(others).toEqual([]);
    expect(conflict).toMatchObject({
      path: 'notes/a.yaml',
      winner: 'local',
      kept: { author: { name: 'Grace' }, at: committer.at },
    });
    const kept = await world.store.version(world.org, conflict.kept.version);
    const texts = await world.store.contents(world.org, [kept!.blob!]);
    expect(texts.get(kept!.blob!)?.toString()).toBe(BAD);
    expect(await world.quarantined()).toEqual(new Map());
  });
});
