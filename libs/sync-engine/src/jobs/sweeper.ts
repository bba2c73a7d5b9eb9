import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock, repeat } from '@app/kernel';
import { RecoverMissedEvents } from '../application/orchestration/recover-missed-events';
import { SingleRunner } from '../application/ports/single-runner.port';
import { WakeQueue } from '../application/ports/wake-queue.port';
import { SyncEngineSettings } from '../application/sync-engine.settings';
import { SyncStates } from '../application/ports/sync-states.port';

const BATCH = 500;

/** Wakes orgs whose signal was lost, whose worker died, or whose poll is due. At start, recovers missed events. */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('sweeper');
  private readonly stopping = new AbortController();
  private sweeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly states: SyncStates,
    private readonly missedEvents: RecoverMissedEvents,
    private readonly singleRunner: SingleRunner,
    private readonly wakeQueue: WakeQueue,
    private readonly clock: Clock,
    private readonly settings: SyncEngineSettings,
  ) {}

  onApplicationBootstrap(): void {
    if (this.settings.sweepMs > 0) this.sweeping = this.sweep();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.sweeping;
  }

  /** Wakes every org that has work now, at most a batch. Returns their number. */
  async sweepOnce(): Promise<number> {
    const due = await this.states.due(this.clock.now(), BATCH);
    for (const org of due) this.wakeQueue.wake(org);
    return due.length;
  }

  private async sweep(): Promise<void> {
    const { signal } = this.stopping;
    const logFailure = (error: unknown) =>
      this.logger.error({ err: error }, 'sweep failed; retrying at the next interval');
    await Promise.all([
      this.recoverMissedEvents(logFailure),
      repeat(this.clock, this.settings.sweepMs, signal, () => this.sweepOnce(), logFailure),
    ]);
  }

  /** Retries at each sweep until this process or a waiting one has done it. */
  private recoverMissedEvents(logFailure: (error: unknown) => void): Promise<void> {
    const { signal } = this.stopping;
    const done = new AbortController();
    const over = AbortSignal.any([signal, done.signal]);
    const work = async () => {
      await this.singleRunner.runExclusively(() => this.missedEvents.execute(signal), signal);
      done.abort();
    };
    return repeat(this.clock, this.settings.sweepMs, over, work, logFailure);
  }
}
