import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GITLAB_SYNC } from '@app/database';
import { EventBus, type Provided } from '@app/kernel';
import { ComposeMessages } from './application/compose-messages';
import { DeliverMessages } from './application/deliver-messages';
import { DetectRecoveries } from './application/detect-recoveries';
import { NoteEvents } from './application/note-events';
import { NotificationsApi } from './application/notifications.api';
import { NotificationsSettings } from './application/notifications.settings';
import { OpenChannels } from './application/open-channels';
import { Deliveries } from './application/ports/deliveries.port';
import { Messenger } from './application/ports/messenger.port';
import { Notices } from './application/ports/notices.port';
import { StoredChannels } from './application/ports/stored-channels.port';
import { ResealChannels } from './application/reseal-channels';
import { SendTest } from './application/send-test';
import { ChannelMessenger } from './infrastructure/channel-messenger';
import { notificationsRows } from './infrastructure/notifications.rows';
import { PostgresDeliveries } from './infrastructure/postgres-deliveries';
import { PostgresNotices } from './infrastructure/postgres-notices';
import { PostgresStoredChannels } from './infrastructure/postgres-stored-channels';
import { NotificationsSchedule } from './jobs/schedule';

/** Notifies the people of an org when the state of its sync changes. */
@Module({})
export class NotificationsModule {
  constructor(bus: EventBus, noteEvents: NoteEvents) {
    bus.storeIn(noteEvents);
  }

  /**
   * `imports` export `AuditTrail`, `Clock`, `CredentialsService`, `Database`, `EventBus`, `Notifier`, `Scheduler`,
   * `SyncEngineService` and `Transactions`.
   */
  static forRoot(
    settings: Provided<NotificationsSettings>,
    imports: ModuleMetadata['imports'] = [],
  ): DynamicModule {
    return {
      module: NotificationsModule,
      imports: [...imports, TypeOrmModule.forFeature(notificationsRows, GITLAB_SYNC)],
      providers: [
        ComposeMessages,
        DeliverMessages,
        DetectRecoveries,
        NoteEvents,
        NotificationsApi,
        NotificationsSchedule,
        OpenChannels,
        ResealChannels,
        SendTest,
        { ...settings, provide: NotificationsSettings },
        { provide: Deliveries, useClass: PostgresDeliveries },
        { provide: Messenger, useClass: ChannelMessenger },
        { provide: Notices, useClass: PostgresNotices },
        { provide: StoredChannels, useClass: PostgresStoredChannels },
      ],
      exports: [NotificationsApi, ResealChannels, ComposeMessages, DeliverMessages, DetectRecoveries],
    };
  }
}
