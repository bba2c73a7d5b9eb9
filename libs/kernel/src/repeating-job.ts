import type { Clock } from './clock';
import { repeat } from './repeat';

/** Runs periodically from the start of a process to its end. Nest calls both hooks by their names. */
export abstract class RepeatingJob {
  private readonly stopping = new AbortController();
  private series: Promise<void> = Promise.resolve();

  constructor(
    private readonly clock: Clock,
    private readonly everyMs: number,
  ) {}

  onApplicationBootstrap(): void {
    const { signal } = this.stopping;
    const failed = (error: unknown) => this.failed(error);
    this.series = repeat(this.clock, this.everyMs, signal, () => this.once(signal), failed);
  }

  /** Waits until the running work has ended, completely or early because it checks `stopping`. */
  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.series;
  }

  protected abstract once(stopping: AbortSignal): Promise<unknown>;
  /** Reports a failure. The job continues. */
  protected abstract failed(error: unknown): void;
}
