import { FakeAct } from '@app/audit/testing';
import type { SyncFailed } from '@app/sync-engine';
import { SyncWorld } from '../support/sync-world';

interface Stop {
  readonly begin: (world: SyncWorld) => void;
  readonly end: (world: SyncWorld) => void;
}

const STOPS: Readonly<Record<string, Stop>> = {
  token_rejected: {
    begin: ({ token }) => void (token.revoked = true),
    end: ({ token }) => void (token.revoked = false),
  },
  project_gone: {
    begin: (world) => hide(world, true),
    end: (world) => hide(world, false),
  },
  branch_gone: {
    begin: ({ gitlab, project }) => gitlab.git.renameDefaultBranch(project, 'trunk'),
    end: ({ gitlab, project }) => gitlab.git.createBranch(project, 'main', 'trunk'),
  },
  project_archived: {
    begin: ({ gitlab, project }) => gitlab.archive(project),
    end: ({ gitlab, project }) => gitlab.archive(project, false),
  },
  branch_protected: {
    begin: ({ gitlab, project }) => gitlab.protect(project, 'main', 0),
    end: ({ gitlab, project }) => gitlab.unprotect(project, 'main'),
  },
};

const HOUR = 3_600_000;

describe.each(Object.entries(STOPS))('A sync that stops with %s', (code, stop) => {
  async function stopped(): Promise<SyncWorld> {
    const world = await SyncWorld.synced({ 'notes/a.md': 'a' }, { pollSeconds: 0 });
    stop.begin(world);
    await world.edit({ 'notes/a.md': 'edited' });
    await world.sync();
    expect((await world.state()).blocked?.code).toBe(code);
    return world;
  }

  it('goes on by itself once its cause is gone', async () => {
    const world = await stopped();
    stop.end(world);
    await retry(world);
    await world.sync();
    expect(world.onGitLab()).toMatchObject({ 'notes/a.md': 'edited' });
    expect((await world.state()).blocked).toBeNull();
  });

  it('is tried ever more rarely, but at least once an hour', async () => {
    const world = await stopped();
    const waits: number[] = [];
    for (let tries = 0; tries < 9; tries++) {
      waits.push(await retry(world));
      await world.sync();
    }
    expect(waits).toEqual([...waits].sort((one, other) => one - other));
    expect(waits[0]).toBeLessThanOrEqual(60_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(HOUR);
    expect(Math.max(...waits)).toBeGreaterThan(HOUR / 2);
  });

  it('is announced once, however often it is tried', async () => {
    const world = await stopped();
    const announced: string[] = [];
    world.events.on<SyncFailed>('sync.failed.v1', (event) => void announced.push(event.code));
    for (let tries = 0; tries < 3; tries++) {
      await retry(world);
      await world.sync();
    }
    expect(announced).toEqual([]);
  });

  it.each<[string, (world: SyncWorld) => Promise<unknown>]>([
    [
      'a webhook proves that GitLab is there',
      async ({ org, engine: { service } }) =>
        service.pushEventsReceived(await service.webhookContext([org]), {
          ...{ changed: new Map([[org, null]]), echoes: new Set() },
        }),
    ],
    ['a check of the connection succeeds', (world) => world.credentials.check(world.org, new FakeAct())],
  ])('is tried without delay when %s', async (_, signal) => {
    const world = await stopped();
    for (let tries = 0; tries < 5; tries++) {
      await retry(world);
      await world.sync();
    }
    stop.end(world);
    const now = world.clock.now();
    await signal(world);
    await world.sync();
    expect(world.onGitLab()).toMatchObject({ 'notes/a.md': 'edited' });
    expect(world.clock.now()).toEqual(now);
  });
});

/** Moves the clock to the next try and lets the sweeper find it; returns the wait in ms. */
async function retry(world: SyncWorld): Promise<number> {
  const { blocked } = await world.state();
  const wait = blocked!.retryAt.getTime() - world.clock.now().getTime();
  world.clock.advance(wait - 1);
  expect(await world.engine.sweeper.sweepOnce()).toBe(0);
  world.clock.advance(1);
  expect(await world.engine.sweeper.sweepOnce()).toBe(1);
  return wait;
}

/** Takes the project out of the token's sight, as a change of visibility or an allow-list does, and back. */
function hide(world: SyncWorld, hidden: boolean): void {
  Object.assign(world.token, { user: world.gitlab.givenUser(hidden ? 'stranger' : 'ada') });
}
