import { InMemoryTables } from '@app/database/testing';
import { ManualClock, orgId } from '@app/kernel';
import { ended, type Run } from '../../domain/run';
import { InMemorySyncRuns } from '../../../testing/in-memory-sync-runs';
import { WatchRun } from './watch-run';

const ACME = orgId('acme');
const LOOK_MS = 300;

/** Runs that count how often one is read. */
class CountedRuns extends InMemorySyncRuns {
  reads = 0;

  override find(...run: Parameters<InMemorySyncRuns['find']>): Promise<Run | null> {
    this.reads++;
    return super.find(...run);
  }
}

async function givenRun() {
  const clock = new ManualClock();
  const runs = new CountedRuns(new InMemoryTables());
  const run = await runs.request(ACME, 'pull', 'manual', clock.now());
  const watch = new WatchRun(runs, clock);
  const follow = (id = run.id) => {
    const seen: string[] = [];
    const subscription = watch.execute(ACME, id).subscribe({
      next: ({ status }) => seen.push(status),
      error: ({ code }) => seen.push(code),
      complete: () => seen.push('the end'),
    });
    return { seen, leave: () => subscription.unsubscribe() };
  };
  const pass = () => new Promise((resolve) => setImmediate(resolve));
  const look = async () => {
    clock.advance(LOOK_MS);
    await pass();
  };
  return { runs, run, clock, follow, look, pass };
}

describe('Watching a run', () => {
  it('reads the run once for all watchers, and notifies each', async () => {
    const { runs, run, clock, follow, look, pass } = await givenRun();
    const all = Array.from({ length: 600 }, () => follow());
    await pass();
    await look();
    expect(runs.reads).toBe(2);
    await runs.save(ended(run, 'succeeded', clock.now()));
    await look();
    expect(runs.reads).toBe(3);
    expect(all.map(({ seen }) => seen)).toEqual(all.map(() => ['queued', 'succeeded', 'the end']));
  });

  it('gives a later watcher the present state without another read', async () => {
    const { runs, follow, pass } = await givenRun();
    follow();
    await pass();
    expect(follow().seen).toEqual(['queued']);
    expect(runs.reads).toBe(1);
  });

  it('stops reading when the last one leaves, and begins again for the next', async () => {
    const { runs, follow, look, pass } = await givenRun();
    const [first, second] = [follow(), follow()];
    await pass();
    first.leave();
    await look();
    expect(runs.reads).toBe(2);
    second.leave();
    await look();
    await look();
    expect(runs.reads).toBe(2);
    expect((follow(), await pass(), runs.reads)).toBe(3);
  });

  it('gives the result of an ended run to each watcher', async () => {
    const { runs, run, clock, follow, pass } = await givenRun();
    await runs.save(ended(run, 'failed', clock.now()));
    for (let asked = 0; asked < 2; asked++) {
      const { seen } = follow();
      await pass();
      expect(seen).toEqual(['failed', 'the end']);
    }
  });

  it('notifies all watchers that the run does not exist', async () => {
    const { follow, pass } = await givenRun();
    const all = [follow('none'), follow('none')];
    await pass();
    expect(all.map(({ seen }) => seen)).toEqual([['not_found'], ['not_found']]);
  });
});
