import type { Clock } from './clock';
import { repeat } from './repeat';

/** What a process does over and over from its start to its end. Nest calls both ends by their names. */
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

  /** What is under way is brought to its end, or to where `stopping` cuts it short. */
  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.series;
  }

  protected abstract once(stopping: AbortSignal): Promise<unknown>;
  /** The series goes on. */
  protected abstract failed(error: unknown): void;
}
