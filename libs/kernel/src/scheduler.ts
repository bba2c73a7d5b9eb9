import type { Clock } from './clock';
import { repeat } from './repeat';

/** One line of a library's schedule. */
export interface Job {
  readonly name: string;
  readonly everyMs: number;
  /** Processes that run the job. A worker also does queued work. */
  readonly runsIn: 'every process' | 'workers';
  /** Ends early if `stopping` aborts. */
  readonly run: (stopping: AbortSignal) => Promise<unknown>;
}

/** Runs the periodic work of this process. Each job runs at the start, and then after each interval. */
export class Scheduler {
  private readonly stopping = new AbortController();
  private readonly series: Promise<void>[] = [];

  constructor(
    private readonly clock: Clock,
    /** True if this process is a worker. */
    private readonly works: boolean,
    /** Reports a failure. The job runs again after the interval. */
    private readonly onError: (error: unknown, job: Job) => void,
  ) {}

  start(jobs: readonly Job[]): void {
    const { signal } = this.stopping;
    for (const job of jobs) {
      if (job.runsIn === 'workers' && !this.works) continue;
      const report = (error: unknown) => this.onError(error, job);
      this.series.push(repeat(this.clock, job.everyMs, signal, () => job.run(signal), report));
    }
  }

  /** Waits until the running jobs have ended. Nest calls it by its name when the process stops. */
  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.series);
  }
}
