import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { FakeAct } from '@app/audit/testing';
import { InMemoryContextStore } from '@app/context-store/testing';
import type { ErrorCode } from '@app/kernel';
import { ADA, SyncWorld } from '../support/sync-world';

/** A change whose event was lost. */
async function unheard(world: SyncWorld, text: string, origin: 'user' | 'gitlab' = 'user') {
  await new InMemoryContextStore(world.tables).commit(world.org, {
    ...{ id: randomUUID(), author: ADA, message: 'Edit', origin, at: world.clock.now() },
    edits: [{ op: 'put', path: 'notes/a.md', content: Buffer.from(text) }],
  });
}

/** Returns the requested runs after a process has caught up at its start. */
async function wanted(world: SyncWorld) {
  await world.engine.catchUp.execute(new AbortController().signal);
  const runs = await world.engine.runs.open(world.org);
  return runs.map(({ kind, trigger }) => [kind, trigger]);
}

const settled = () => new Promise(setImmediate);

const blocked = ({ clock }: SyncWorld, code: ErrorCode, scope: 'push' | 'all') => ({
  ...{ code, detail: '', scope, kinds: [], tries: 1, retryAt: new Date(clock.now().getTime() + 60_000) },
});

describe('a process that starts', () => {
  it('catches up once the database is back, if it was unavailable at the start', async () => {
    const logged: unknown[] = [];
    Logger.overrideLogger({
      error: (line) => logged.push(line),
      warn: () => undefined,
      log: () => undefined,
    });
    const world = await SyncWorld.synced();
    const { sweeper, runs } = world.engine;
    await unheard(world, 'b');
    world.tables.givenUnavailable(true);
    sweeper.onApplicationBootstrap();
    await settled();
    world.clock.advance(5_000);
    await settled();
    world.tables.givenUnavailable(false);
    expect(await runs.open(world.org)).toEqual([]);
    world.clock.advance(5_000);
    await settled();
    expect(await runs.open(world.org)).toMatchObject([{ kind: 'push', trigger: 'auto' }]);

    await world.sync();
    await unheard(world, 'c');
    world.clock.advance(5_000);
    await settled();
    expect(await runs.open(world.org)).toEqual([]);
    await sweeper.onModuleDestroy();
    Logger.overrideLogger(false);
    expect(logged).toEqual([]);
  });

  it('can stop before it has caught up', async () => {
    const world = await SyncWorld.synced();
    world.tables.givenUnavailable(true);
    world.engine.sweeper.onApplicationBootstrap();
    await settled();
    await world.engine.sweeper.onModuleDestroy();
    world.tables.givenUnavailable(false);
    await unheard(world, 'b');
    world.clock.advance(5_000);
    await settled();
    expect(await world.engine.runs.open(world.org)).toEqual([]);
  });

  it('requests nothing if nothing was missed', async () => {
    const world = await SyncWorld.synced();
    expect(await wanted(world)).toEqual([]);
    expect(world.wakeQueue.waiting.size).toBe(0);
  });

  it('requests the push of edits whose event was lost, once, and the push succeeds', async () => {
    const world = await SyncWorld.synced();
    await unheard(world, 'b');
    expect(await wanted(world)).toEqual([['push', 'auto']]);
    expect(await wanted(world)).toEqual([['push', 'auto']]);
    await world.sync();
    expect(world.onGitLab()).toEqual({ 'notes/a.md': 'b' });
    expect(await wanted(world)).toEqual([]);
  });

  it('requests no push of files from GitLab, of an org that pushes by hand, or of a blocked one', async () => {
    const pulled = await SyncWorld.synced();
    await unheard(pulled, 'b', 'gitlab');
    expect(await wanted(pulled)).toEqual([]);

    const byHand = await SyncWorld.synced();
    await byHand.projects.update({ org: byHand.org, autoSync: false }, new FakeAct());
    await unheard(byHand, 'b');
    expect(await wanted(byHand)).toEqual([]);

    const stopped = await SyncWorld.synced();
    await stopped.engine.states.save(stopped.org, {
      blocked: blocked(stopped, 'branch_protected', 'push'),
    });
    await unheard(stopped, 'b');
    expect(await wanted(stopped)).toEqual([]);
  });

  it('wants the push of files that no change carries', async () => {
    const world = await SyncWorld.synced();
    await world.engine.states.save(world.org, { snapshotDue: true });
    expect(await wanted(world)).toEqual([['push', 'auto']]);
  });

  it('requests the first sync of another project, also if the former one was blocked', async () => {
    const world = await SyncWorld.synced();
    await world.engine.states.save(world.org, {
      blocked: blocked(world, 'project_gone', 'all'),
    });
    world.engine.react.onModuleDestroy();
    const { id: projectId } = world.gitlab.givenProject('ada/other', { files: { 'notes/a.md': 'other' } });
    await world.projects.configure({ org: world.org, projectId, branch: 'main' }, new FakeAct());
    await world.events.settled();
    expect(await wanted(world)).toEqual([['initial', 'configure']]);
  });

  it('requests the first sync of a project or of a wider scope whose event was lost', async () => {
    const world = await SyncWorld.configured({ gitlab: { 'notes/a.md': 'a', 'plans/b.md': 'b' } });
    for (const { id } of await world.engine.runs.open(world.org))
      await world.engine.answer.cancel(world.org, id, new FakeAct());
    world.engine.react.onModuleDestroy();
    world.clock.advance(1);
    const { id: projectId } = world.project;
    await world.projects.configure({ org: world.org, projectId, branch: 'main' }, new FakeAct());
    await world.events.settled();
    expect(await wanted(world)).toEqual([['initial', 'configure']]);
    await world.sync();
    expect(await world.dot()).toEqual({ 'notes/a.md': 'a' });

    await world.projects.update({ org: world.org, directories: ['notes', 'plans'] }, new FakeAct());
    await world.events.settled();
    expect(await wanted(world)).toEqual([['initial', 'configure']]);
    await world.sync();
    expect(await world.dot()).toEqual({ 'notes/a.md': 'a', 'plans/b.md': 'b' });
  });
});
