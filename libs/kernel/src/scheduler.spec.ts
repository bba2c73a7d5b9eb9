import { ManualClock } from './clock';
import { DatabaseUnavailable } from './database-unavailable';
import { Scheduler, type Job } from './scheduler';

const EVERY_MS = 1_000;
const nextTurn = () => new Promise(setImmediate);

/** Builds a job that records its runs. */
function recordingJob(name: string, runsIn: Job['runsIn'] = 'every process') {
  const runs: AbortSignal[] = [];
  const job: Job = { name, everyMs: EVERY_MS, runsIn, run: async (stopping) => runs.push(stopping) };
  return { job, runs };
}

describe('Scheduler', () => {
  const clock = new ManualClock();
  const failed: [string, unknown][] = [];
  const schedulerOf = (works: boolean) =>
    new Scheduler(clock, works, (error, { name }) => failed.push([name, error]));

  it('runs each job at the start and after each interval, until it stops', async () => {
    const scheduler = schedulerOf(true);
    const [first, second] = [recordingJob('first'), recordingJob('second', 'workers')];
    scheduler.start([first.job]);
    scheduler.start([second.job]);
    for (let turn = 1; turn <= 3; turn++) {
      await nextTurn();
      expect([first.runs.length, second.runs.length]).toEqual([turn, turn]);
      clock.advance(EVERY_MS);
    }
    await nextTurn();
    await scheduler.onModuleDestroy();
    clock.advance(EVERY_MS);
    await nextTurn();
    expect(first.runs).toHaveLength(4);
  });

  it('runs the jobs of workers only in workers', async () => {
    const scheduler = schedulerOf(false);
    const [everywhere, workers] = [recordingJob('everywhere'), recordingJob('workers', 'workers')];
    scheduler.start([everywhere.job, workers.job]);
    await scheduler.onModuleDestroy();
    expect([everywhere.runs.length, workers.runs.length]).toEqual([1, 0]);
  });

  it('reports the job that failed, but no unavailable database', async () => {
    const scheduler = schedulerOf(true);
    const error = new Error('as expected by the spec');
    const failing = (name: string, reason: Error): Job => ({
      ...{ name, everyMs: EVERY_MS, runsIn: 'every process' },
      run: () => Promise.reject(reason),
    });
    scheduler.start([failing('broken', error), failing('waiting', new DatabaseUnavailable('spec'))]);
    await nextTurn();
    await scheduler.onModuleDestroy();
    expect(failed).toEqual([['broken', error]]);
  });

  it('asks running jobs to end and waits for them when it stops', async () => {
    const scheduler = schedulerOf(true);
    const events: string[] = [];
    const run = (stopping: AbortSignal) =>
      new Promise<void>((resolve) =>
        stopping.addEventListener('abort', () => {
          events.push('asked to end');
          setImmediate(() => resolve(void events.push('ended')));
        }),
      );
    scheduler.start([{ name: 'long', everyMs: EVERY_MS, runsIn: 'workers', run }]);
    await scheduler.onModuleDestroy();
    expect(events).toEqual(['asked to end', 'ended']);
  });
});
