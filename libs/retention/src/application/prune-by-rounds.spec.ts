import { DatabaseUnavailable, ManualClock, orgId, Pruner, type OrgId, type PruneStep } from '@app/kernel';
import { openDatabase, type OpenDatabase } from '../../../../test/support/database';
import { PruningRoundRow, TypeOrmPruningRounds } from '../infrastructure/typeorm-pruning-rounds';
import { PruneByRounds } from './prune-by-rounds';

const HOUR_MS = 60 * 60_000;
const running = new AbortController().signal;

/** Records the orgs that it was called for. */
class VisitedOrgs extends Pruner {
  readonly visited: OrgId[] = [];
  onVisit: (org: OrgId) => void = () => undefined;
  /** The visits that an org takes; one by default. */
  readonly visits = new Map<OrgId, number>();
  readonly cameFrom: (string | null)[] = [];

  constructor(
    readonly name: string,
    private readonly orgs: readonly OrgId[],
  ) {
    super();
  }

  async orgsAfter(org: OrgId | null, limit: number): Promise<OrgId[]> {
    return this.orgs.filter((other) => !org || other > org).slice(0, limit);
  }

  async prune(org: OrgId, from: string | null): Promise<PruneStep> {
    this.visited.push(org);
    this.cameFrom.push(from);
    this.onVisit(org);
    const visit = Number(from ?? 0) + 1;
    return { pruned: 0, next: visit < (this.visits.get(org) ?? 1) ? String(visit) : null };
  }
}

describe('pruning by rounds', () => {
  let database: OpenDatabase;
  let clock: ManualClock;
  let made = 0;

  beforeAll(async () => {
    database = await openDatabase([PruningRoundRow]);
  });
  afterAll(() => database.close());
  beforeEach(() => {
    clock = new ManualClock();
  });

  const orgs = (count: number) =>
    Array.from({ length: count }, (_, i) => orgId(`org-${String(i).padStart(5, '0')}`));
  const pruner = (count: number) => new VisitedOrgs(`pruner-${made++}`, orgs(count));
  const process = (...pruners: Pruner[]) =>
    new PruneByRounds(new TypeOrmPruningRounds(database.db), pruners, clock, () => 0.5);
  /** Starts a process after its first check, which only sets the time of the first round. */
  const dueProcess = async (...pruners: Pruner[]) => {
    const made = process(...pruners);
    await made.execute(running);
    clock.advance(HOUR_MS);
    return made;
  };

  it('begins some time after the first start', async () => {
    const some = pruner(3);
    const rounds = process(some);
    await rounds.execute(running);
    clock.advance(HOUR_MS - 1);
    await rounds.execute(running);
    expect(some.visited).toEqual([]);
    clock.advance(1);
    await rounds.execute(running);
    expect(some.visited).toEqual(orgs(3));
  });

  it('continues next hour from its last position, and starts over at the end', async () => {
    const some = pruner(5_001);
    const rounds = await dueProcess(some);
    await rounds.execute(running);
    expect(some.visited).toEqual(orgs(5_000));
    await rounds.execute(running);
    expect(some.visited).toHaveLength(5_000);
    clock.advance(HOUR_MS);
    await rounds.execute(running);
    expect(some.visited.slice(5_000)).toEqual(orgs(5_001).slice(5_000));
    clock.advance(HOUR_MS);
    await rounds.execute(running);
    expect(some.visited.slice(5_001)).toEqual(orgs(5_000));
  });

  it('visits an org until all of it was pruned, then the next one', async () => {
    const some = pruner(3);
    const [first, second, third] = orgs(3);
    some.visits.set(second, 3);
    await (await dueProcess(some)).execute(running);
    expect(some.visited).toEqual([first, second, second, second, third]);
    expect(some.cameFrom).toEqual([null, null, '1', '2', null]);
  });

  it('continues next hour within the same org, over any number of hours', async () => {
    const some = pruner(3);
    const [first, second, third] = orgs(3);
    some.visits.set(second, 5_002);
    const rounds = await dueProcess(some);
    await rounds.execute(running);
    expect(some.visited).toEqual([first, ...Array<OrgId>(4_999).fill(second)]);
    clock.advance(HOUR_MS);
    await process(some).execute(running);
    expect(some.visited.slice(5_000)).toEqual([second, second, second, third]);
    expect(some.cameFrom.slice(5_000)).toEqual(['4999', '5000', '5001', null]);
    clock.advance(HOUR_MS);
    await rounds.execute(running);
    expect(some.visited[5_004]).toBe(first);
  });

  it('starts over after the last org, also if that took two rounds', async () => {
    const some = pruner(2);
    const [first, second] = orgs(2);
    some.visits.set(second, 5_000);
    const rounds = await dueProcess(some);
    await rounds.execute(running);
    clock.advance(HOUR_MS);
    await rounds.execute(running);
    expect(some.visited.slice(5_000)).toEqual([second]);
    clock.advance(HOUR_MS);
    await rounds.execute(running);
    expect(some.visited.slice(5_001, 5_003)).toEqual([first, second]);
  });

  it('runs in one process if several check at the same time', async () => {
    const some = pruner(3);
    await dueProcess(some);
    await Promise.all([1, 2, 3, 4].map(() => process(some).execute(running)));
    expect(some.visited).toEqual(orgs(3));
  });

  it('visits the other orgs if one fails', async () => {
    const [failing, next] = [pruner(3), pruner(1)];
    failing.onVisit = (org) => {
      if (org === orgs(2)[1]) throw new Error('as expected by the spec');
    };
    await (await dueProcess(failing, next)).execute(running);
    expect(failing.visited).toEqual(orgs(3));
    expect(next.visited).toEqual(orgs(1));
  });

  it('ends if the database is unavailable, and repeats the round next hour', async () => {
    const some = pruner(3);
    const [first, second, third] = orgs(3);
    const rounds = await dueProcess(some);
    some.onVisit = (org) => {
      if (org === second) throw new DatabaseUnavailable('as expected by the spec');
    };
    await expect(rounds.execute(running)).rejects.toThrow(DatabaseUnavailable);
    expect(some.visited).toEqual([first, second]);
    some.onVisit = () => undefined;
    clock.advance(HOUR_MS);
    await rounds.execute(running);
    expect(some.visited.slice(2)).toEqual([first, second, third]);
  });

  it.each<[string, (stop: () => void) => void]>([
    ['the process stops', (stop) => stop()],
    ['it takes too long', () => clock.advance(HOUR_MS)],
  ])('stops between two orgs if %s, and continues with the next', async (_, happens) => {
    const stopping = new AbortController();
    const some = pruner(4);
    const rounds = await dueProcess(some);
    some.onVisit = (org) => org === orgs(2)[1] && happens(() => stopping.abort());
    await rounds.execute(stopping.signal);
    expect(some.visited).toEqual(orgs(2));
    clock.advance(HOUR_MS);
    await process(some).execute(running);
    expect(some.visited).toEqual(orgs(4));
  });
});
