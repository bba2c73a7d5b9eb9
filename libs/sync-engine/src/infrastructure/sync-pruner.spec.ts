import { randomUUID } from 'node:crypto';
import { daysBefore, ManualClock, orgId, type OrgId } from '@app/kernel';
import type { ProjectConfigService } from '@app/project-config';
import { openDatabase, type OpenDatabase } from '../../../../test/support/database';
import { syncEngineRows } from './sync-engine.rows';
import { RUNS_KEPT, SyncPruner } from './sync-pruner';
import { TypeOrmSettledHistory } from './typeorm-settled-history';

const clock = new ManualClock();
const DAYS = 90;
const OLD = daysBefore(clock.now(), DAYS + 1);
const YOUNG = daysBefore(clock.now(), DAYS - 1);
const TARGET = randomUUID();

describe('what the sync keeps of its past', () => {
  let database: OpenDatabase;
  let pruner: SyncPruner;
  let org: OrgId;

  const prune = async (of: OrgId) => (await pruner.prune(of)).pruned;

  beforeAll(async () => {
    database = await openDatabase(syncEngineRows);
    pruner = new SyncPruner(database.db, clock, DAYS);
  });
  afterAll(() => database.close());
  beforeEach(() => {
    org = orgId(`org-${randomUUID()}`);
  });

  const query = <T>(sql: string, ...parameters: unknown[]) =>
    database.db.forOrg(org).query<T[]>(sql, [org, ...parameters]);
  const givenRuns = (count: number, finishedAt: Date | null) =>
    query(
      `INSERT INTO sync_runs (id, org, kind, trigger, status, created_at, finished_at, progress, counts, commits, api_calls,
                              attempt, confirmed)
       SELECT gen_random_uuid(), $1, 'pull', 'poll', 'succeeded', now(), $3, '{}', '{}', '{}', 1, 1, false
         FROM generate_series(1, $2)`,
      count,
      finishedAt,
    );
  const givenConflict = (closed: boolean, at: Date, version: string = randomUUID()) =>
    query(
      `INSERT INTO sync_conflicts (id, org, path, at, winner, run_id, kept_author_name, kept_author_email, kept_at, kept_version, closed)
       VALUES (gen_random_uuid(), $1, 'notes/a.md', $3, 'dot', gen_random_uuid(), '', '', now(), $4, $2)`,
      closed,
      at,
      version,
    );
  const givenState = (pushedRevision: number, directories: string[] | null = ['notes']) =>
    query(
      `INSERT INTO sync_states (org, target_id, pushed_revision, directories) VALUES ($1, $2, $3, $4)`,
      TARGET,
      pushedRevision,
      directories,
    );
  const givenAgreed = (path: string, gitlab: string | null, dot: string | null, supersededUpTo: number) =>
    query(`INSERT INTO sync_agreed VALUES ($1, $2, $3, $4, $5)`, path, gitlab, dot, supersededUpTo);
  const count = async (table: string) => {
    const [{ rows }] = await query<{ rows: string }>(`SELECT count(*) AS rows FROM ${table} WHERE org = $1`);
    return Number(rows);
  };

  describe('of runs', () => {
    it('is the newest, however old', async () => {
      await givenRuns(5, OLD);
      const kept = await givenRuns(RUNS_KEPT, OLD).then(() =>
        query<{ id: string }>(`SELECT id FROM sync_runs WHERE org = $1 ORDER BY seq DESC LIMIT ${RUNS_KEPT}`),
      );
      expect(await prune(org)).toBe(5);
      expect(await query(`SELECT id FROM sync_runs WHERE org = $1 ORDER BY seq DESC`)).toEqual(kept);
      expect(await prune(org)).toBe(0);
    });

    it('is whatever is young or not finished', async () => {
      await givenRuns(3, null);
      await givenRuns(4, YOUNG);
      await givenRuns(RUNS_KEPT, OLD);
      expect(await prune(org)).toBe(0);
      expect(await count('sync_runs')).toBe(RUNS_KEPT + 7);
    });

    it('is deleted together with the list of their changes', async () => {
      await givenRuns(RUNS_KEPT + 1, OLD);
      await query(
        `INSERT INTO sync_run_changes SELECT org, id, 'notes/a.md', 'create' FROM sync_runs WHERE org = $1`,
      );
      await prune(org);
      expect(await count('sync_run_changes')).toBe(RUNS_KEPT);
    });

    it('is nothing of another org’s', async () => {
      await givenRuns(RUNS_KEPT + 1, OLD);
      const full = org;
      org = orgId(`org-${randomUUID()}`);
      await givenRuns(RUNS_KEPT + 1, OLD);
      await prune(full);
      expect(await count('sync_runs')).toBe(RUNS_KEPT + 1);
    });
  });

  it.each([
    ['closed long ago', true, OLD, 0],
    ['closed lately', true, YOUNG, 1],
    ['still open', false, OLD, 1],
  ])('of a conflict %s', async (_, closed, at, left) => {
    await givenConflict(closed, at);
    await prune(org);
    expect(await count('sync_conflicts')).toBe(left);
  });

  it.each([
    ['gone on both sides', null, null, 5, 0],
    ['gone, with changes that are still to be passed over', null, null, 6, 1],
    ['only in Dot', null, 'blob', 0, 1],
    ['only on GitLab', 'blob', null, 0, 1],
  ])('of a path %s', async (_, gitlab, dot, supersededUpTo, left) => {
    await givenState(5);
    await givenAgreed('notes/a.md', gitlab, dot, supersededUpTo);
    await prune(org);
    expect(await count('sync_agreed')).toBe(left);
  });

  it('is pruned once where two processes are at it, and passes over what a turn has in hand', async () => {
    await givenState(5);
    for (const path of ['a', 'b', 'c']) await givenAgreed(path, null, null, 0);
    let [locked, release] = [(): void => undefined, (): void => undefined];
    const isLocked = new Promise<void>((resolve) => (locked = resolve));
    const released = new Promise<void>((resolve) => (release = resolve));
    const pass = database.transactions.run(async () => {
      await query(`SELECT FROM sync_agreed WHERE org = $1 AND path = 'b' FOR UPDATE`);
      locked();
      await released;
    });
    await isLocked;
    const [one, two] = await Promise.all([prune(org), prune(org)]);
    release();
    await pass;
    expect(one + two).toBe(2);
    expect(await query(`SELECT path FROM sync_agreed WHERE org = $1`)).toEqual([{ path: 'b' }]);
  });

  it('finds the orgs in turn', async () => {
    await givenState(5);
    const all = await pruner.orgsAfter(null, 1_000);
    expect(all).toContain(org);
    expect(await pruner.orgsAfter(all.at(-1)!, 1)).toEqual([]);
  });

  describe('the history that is settled', () => {
    const history = (target: string | null) =>
      new TypeOrmSettledHistory(database.db, {
        target: async () => target && { id: target },
      } as unknown as ProjectConfigService);

    it('reaches up to the last push', async () => {
      await givenState(7);
      expect(await history(TARGET).supersededUpTo(org)).toBe(7);
    });

    it.each([
      ['nothing is connected', null, ['notes']],
      ['it was another project', randomUUID(), ['notes']],
      ['nothing was compared yet', TARGET, null],
    ])('is none if %s', async (_, target, directories) => {
      await givenState(7, directories);
      expect(await history(target).supersededUpTo(org)).toBeNull();
    });

    it('is kept if a conflict refers to it', async () => {
      await givenConflict(true, OLD, 'v1');
      await givenConflict(false, OLD, 'v2');
      expect(await history(TARGET).inUse(org, ['v0', 'v1', 'v2'])).toEqual(new Set(['v1', 'v2']));
    });
  });
});
