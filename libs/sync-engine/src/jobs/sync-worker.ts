import { setMaxListeners } from 'node:events';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DatabaseUnavailable, inTrace, type OrgId } from '@app/kernel';
import { WakeQueue, type NextWake } from '../application/ports/wake-queue.port';
import { SyncEngineSettings } from '../application/sync-engine.settings';
import { ProcessOrg } from '../application/orchestration/process-org';

/** Time that a running pass may still take when the process has to stop. */
const PATIENCE_MS = 15_000;

/** Runs a pass for each org that the queue wakes, in processes that do queued work. */
@Injectable()
export class SyncWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('sync');
  private readonly stopping = new AbortController();

  constructor(
    private readonly wakeQueue: WakeQueue,
    private readonly processOrg: ProcessOrg,
    private readonly settings: SyncEngineSettings,
  ) {}

  onApplicationBootstrap(): void {
    setMaxListeners(0, this.stopping.signal); // one for each turn that is under way
    this.wakeQueue.consume(this.settings.concurrency, (org) => this.answer(org));
  }

  /** Closes the queue and waits for the running passes; after a limit, cuts short those that can be resumed. */
  async onModuleDestroy(): Promise<void> {
    const impatience = setTimeout(() => this.stopping.abort(), PATIENCE_MS);
    await this.wakeQueue.close();
    clearTimeout(impatience);
  }

  private async answer(org: OrgId): Promise<NextWake> {
    try {
      // A queue in this process calls in the trace of the request that woke the org.
      return await inTrace(null, () => this.processOrg.execute(org, this.stopping.signal));
    } catch (error) {
      if (error instanceof DatabaseUnavailable)
        this.logger.warn({ org, code: error.code }, 'pass cut short; the sweeper wakes the org again');
      else this.logger.error({ err: error, org }, 'pass failed; the sweeper wakes the org again');
      return null;
    }
  }
}
