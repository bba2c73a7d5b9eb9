import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { EventBus, Scheduler } from '@app/kernel';
import type { SyncFinished } from '../domain/events';
import { SendReports } from '../application/report/send-reports';
import { SyncEngineSettings } from '../application/sync-engine.settings';

/** Sends the result of a pull when its run has ended. The schedule makes up for missed events. */
@Injectable()
export class ReportResults implements OnApplicationBootstrap, OnModuleDestroy {
  private unsubscribe = () => undefined as void;

  constructor(
    private readonly events: EventBus,
    private readonly scheduler: Scheduler,
    private readonly sendReports: SendReports,
    private readonly settings: SyncEngineSettings,
  ) {}

  onApplicationBootstrap(): void {
    this.unsubscribe = this.events.on<SyncFinished>('sync.finished.v1', ({ org, kind }) =>
      kind === 'pull' ? this.sendReports.execute({ org }) : undefined,
    );
    if (this.settings.sweepMs <= 0) return;
    this.scheduler.start([
      {
        name: 'send commit statuses', // those that a crash or GitLab delayed
        everyMs: this.settings.sweepMs,
        runsIn: 'workers',
        run: (stopping) => this.sendReports.execute({ stopping }),
      },
    ]);
  }

  onModuleDestroy(): void {
    this.unsubscribe();
  }
}
