import { SingleRunner } from '../src/application/ports/single-runner.port';

/** For processes that share it. */
export class InMemorySingleRunner extends SingleRunner {
  private waits = false;
  private present: Promise<unknown> = Promise.resolve();

  async runExclusively(work: () => Promise<void>, stopping: AbortSignal): Promise<'done' | 'left'> {
    if (this.waits) return 'left';
    this.waits = true;
    await this.present;
    this.waits = false;
    if (stopping.aborted) return 'left';
    const working = work();
    this.present = working.catch(() => undefined);
    await working;
    return 'done';
  }
}
