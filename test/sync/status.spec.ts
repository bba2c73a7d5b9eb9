import { FakeAct } from '@app/audit/testing';
import { FILE_STATES, type FileState, type FileStatesRequest } from '@app/sync-engine/testing';
import { SyncWorld } from '../support/sync-world';

const NAMES = {
  in_sync: 'inSync',
  proposed: 'proposed',
  dot_ahead: 'dotAhead',
  gitlab_ahead: 'gitlabAhead',
  conflict: 'conflict',
  quarantined: 'quarantined',
} as const;

const statusOf = async ({ engine, org, projects }: SyncWorld) =>
  engine.status.execute(org, await projects.target(org));

/** The same list in short pages, and what of it has each state. */
async function checkPages({ engine, org }: SyncWorld, all: readonly FileState[]) {
  const paged = async (request: FileStatesRequest) => {
    const states: FileState[] = [];
    for (let cursor: string | null = null; ;) {
      const page = await engine.files.execute(org, { limit: 4, ...request, cursor });
      states.push(...page.items);
      cursor = page.nextCursor;
      if (cursor === null) return states;
    }
  };
  expect(await paged({})).toEqual(all);
  for (const state of FILE_STATES)
    expect(await paged({ state })).toEqual(all.filter((file) => file.state === state));
}

/** The counts of the status, held against the list of files. */
async function countsOf(world: SyncWorld) {
  const { files } = await statusOf(world);
  const { items } = await world.engine.files.execute(world.org, { limit: 200 });
  await checkPages(world, items);
  const none = { inSync: 0, proposed: 0, dotAhead: 0, gitlabAhead: 0, conflict: 0, quarantined: 0 };
  const listed = { total: items.length, ...none };
  for (const { state } of items) listed[NAMES[state]]++;
  expect(files).toEqual(listed);
  return files;
}

describe('The status', () => {
  it('counts the files by state as they are listed', async () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`notes/${i}.md`, `${i}`]));
    const world = await SyncWorld.synced({ ...many, 'notes/y.yaml': 'a: 1' });
    expect(await countsOf(world)).toMatchObject({ total: 31, inSync: 31 });
    await world.projects.update({ org: world.org, autoSync: false }, new FakeAct());
    await world.edit({ 'notes/0.md': 'ours', 'notes/new.md': 'n', 'notes/1.md': null, 'notes/2.md': 'ours' });
    expect(await countsOf(world)).toMatchObject({ total: 32, dotAhead: 4, inSync: 28 });
    await world.push({ 'notes/2.md': 'theirs', 'notes/y.yaml': 'a: [', 'notes/bad.yaml': 'a: [' });
    await world.sync();
    expect(await countsOf(world)).toMatchObject({ conflict: 1, quarantined: 2, dotAhead: 3 });
    await world.push(
      Object.fromEntries(
        Object.keys(many)
          .slice(10, 25)
          .map((path) => [path, null]),
      ),
    );
    await world.sync();
    expect(await countsOf(world)).toMatchObject({ gitlabAhead: 15, total: 33, inSync: 12 });
    await world.edit({ 'notes/10.md': 'edited', 'notes/11.md': null });
    expect(await countsOf(world)).toMatchObject({ gitlabAhead: 13 });
    await world.engine.states.save(world.org, { snapshotDue: true });
    expect(await countsOf(world)).toMatchObject({ gitlabAhead: 13 });
  });

  it('counts what a first sync would bring across, and nothing of another scope', async () => {
    const world = await SyncWorld.configured({ dot: { 'notes/a.md': 'a', 'notes/b.md': 'b' } });
    expect((await statusOf(world)).files).toMatchObject({ total: 2, dotAhead: 2, inSync: 0 });
    await world.sync();
    await world.projects.update({ org: world.org, directories: ['reports'] }, new FakeAct());
    await world.sync();
    expect(await countsOf(world)).toMatchObject({ total: 0 });
  });

  it("counts no file of a former project's as equal", async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
    const { id } = world.gitlab.givenProject('ada/other');
    await world.projects.configure({ org: world.org, projectId: id, branch: 'main' }, new FakeAct());
    expect((await statusOf(world)).files).toMatchObject({ total: 2, dotAhead: 2, inSync: 0 });
    await world.sync();
    expect(await countsOf(world)).toMatchObject({ total: 2, dotAhead: 0, inSync: 2 });
  });

  it('says since when changes wait', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a' });
    await world.projects.update({ org: world.org, autoSync: false }, new FakeAct());
    expect((await statusOf(world)).oldestPendingAt).toBeNull();
    await world.edit({ 'notes/a.md': '1' });
    const at = world.clock.now();
    await world.edit({ 'notes/a.md': '2' });
    expect(await statusOf(world)).toMatchObject({ oldestPendingAt: at, pendingPush: 2 });
  });
});

describe('A push that waits', () => {
  it('is no pull that waits', async () => {
    const world = await SyncWorld.synced();
    await world.edit({ 'notes/a.md': 'edited' });
    expect(await statusOf(world)).toMatchObject({ health: 'syncing', pendingPush: 1, pendingPull: false });
    await world.hear();
    expect(await statusOf(world)).toMatchObject({ pendingPull: true });
  });
});

describe('The status of a sync that fails', () => {
  it('names the reason and the next attempt', async () => {
    const world = await SyncWorld.synced();
    const fault = { kind: 'rate-limit', style: 'application', retryAfterSeconds: 3600 } as const;
    world.gitlab.calls.faults.add({ fault });
    await world.edit({ 'notes/a.md': 'edited' });
    await world.takeTurns(1);
    const retryAt = new Date(world.clock.now().getTime() + 3_600_000);
    expect(await statusOf(world)).toMatchObject({
      ...{ health: 'failing', error: { code: 'rate_limited', retryAt }, nextAttemptAt: retryAt },
    });
  });

  it.each(['heldRetryAt', 'inspectRetryAt'] as const)(
    'names the earliest of several attempts: %s',
    async (which) => {
      const world = await SyncWorld.synced();
      const [earlier, later] = [1, 2].map(
        (hours) => new Date(world.clock.now().getTime() + hours * 3_600_000),
      );
      await world.engine.states.save(world.org, {
        heldRetryAt: later,
        inspectRetryAt: later,
        [which]: earlier,
      });
      expect(await statusOf(world)).toMatchObject({ health: 'ok', error: null, nextAttemptAt: earlier });
    },
  );
});

describe('A run', () => {
  it('that pulls names the commits it took, and the author of the newest', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a' });
    const files = (text: string) => ({ files: { 'notes/a.md': text } });
    const first = world.gitlab.git.push(world.project, 'main', { ...files('1'), message: 'One' });
    const second = await world.push({ 'notes/a.md': '2' }, { message: 'Two\n\nand why' });
    await world.sync();
    expect(await world.lastRun('pull')).toMatchObject({
      ...{ took: [first, second], commits: [], head: second, title: 'Two', author: { name: 'Grace' } },
      requestedBy: null,
    });
  });

  it('that finds nothing new names the head, and nothing else', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a' });
    await world.engine.request.byPerson(world.org, 'pull', new FakeAct());
    await world.sync();
    const { id } = world.log()[0];
    expect(await world.lastRun('pull')).toMatchObject({ head: id, title: null, author: null, took: [] });
  });

  it('that pushes names the newest commit it made, and the person who requested it', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a' });
    await world.projects.update({ org: world.org, autoSync: false }, new FakeAct());
    await world.edit({ 'notes/a.md': '1' }, { message: 'Explain A' });
    const run = await world.engine.request.byPerson(world.org, 'push', new FakeAct());
    expect(run.requestedBy).toBe('Ada');
    await world.sync();
    const { id } = world.log()[0];
    expect(await world.lastRun('push')).toMatchObject({
      ...{ commits: [id], head: id, title: 'Explain A', author: { name: 'Ada' }, requestedBy: 'Ada' },
    });
  });
});

describe('A file in quarantine', () => {
  it('names the problem in parts, with line and column if there is a place', async () => {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a' });
    await world.push({ 'notes/b.yaml': 'a: 1\nb: [' });
    await world.edit({ 'notes/s.md': 'x\nkey: glpat-AbCdEfGhIjKlMnOpQrSt\n' });
    await world.sync();
    const { items } = await world.engine.files.execute(world.org, { state: 'quarantined' });
    expect(items.map(({ path, quarantine }) => [path, quarantine])).toEqual([
      [
        'notes/b.yaml',
        {
          code: 'yaml_invalid',
          message: expect.any(String),
          line: expect.any(Number),
          column: expect.any(Number),
        },
      ],
      [
        'notes/s.md',
        { code: 'credential', message: expect.stringContaining('line 2'), line: 2, column: null },
      ],
    ]);
  });
});
