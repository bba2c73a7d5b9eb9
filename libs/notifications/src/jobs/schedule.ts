import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Scheduler } from '@app/kernel';
import { ComposeMessages } from '../application/compose-messages';
import { DeliverMessages } from '../application/deliver-messages';
import { DetectRecoveries } from '../application/detect-recoveries';
import { NotificationsSettings } from '../application/notifications.settings';

/** Lists the periodic work of notifications. */
@Injectable()
export class NotificationsSchedule implements OnApplicationBootstrap {
  constructor(
    private readonly scheduler: Scheduler,
    private readonly detectRecoveries: DetectRecoveries,
    private readonly composeMessages: ComposeMessages,
    private readonly deliverMessages: DeliverMessages,
    private readonly settings: NotificationsSettings,
  ) {}

  onApplicationBootstrap(): void {
    const { everyMs } = this.settings;
    this.scheduler.start([
      {
        name: 'compose notifications', // each notice once, whichever worker is first
        everyMs,
        runsIn: 'workers',
        run: async (stopping) => {
          await this.detectRecoveries.execute(stopping);
          await this.composeMessages.execute(stopping);
        },
      },
      {
        name: 'deliver notifications',
        everyMs,
        runsIn: 'workers',
        run: (stopping) => this.deliverMessages.execute(stopping),
      },
    ]);
  }
}
