import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GITLAB_SYNC } from '@app/database';
import { EventBus } from '@app/kernel';
import { NoticeStates } from '../notices/notice-states.port';
import { NotifyOnChange } from '../notices/notify-on-change';
import { NoticeStateRow, PostgresNoticeStates } from '../notices/postgres-notice-states';
import { EventFeed } from './event-feed.port';
import { GitLabSyncBus } from './gitlab-sync.bus';
import { SubscribeHandlers } from './on-gitlab-sync';
import { SyncEventRow, TypeOrmEventFeed } from './typeorm-event-feed';

/** The events as the host sees them: the bus, the feed, the marked handlers and the notices. */
@Module({})
export class EventsModule {
  constructor(bus: EventBus, feed: EventFeed) {
    bus.storeIn(feed);
  }

  /** `imports` export `Clock`, `Database`, `EventBus` and `Notifier`. */
  static forRoot(imports: ModuleMetadata['imports'] = []): DynamicModule {
    return {
      module: EventsModule,
      imports: [
        ...imports,
        DiscoveryModule,
        TypeOrmModule.forFeature([SyncEventRow, NoticeStateRow], GITLAB_SYNC),
      ],
      providers: [
        GitLabSyncBus,
        NotifyOnChange,
        SubscribeHandlers,
        { provide: EventFeed, useClass: TypeOrmEventFeed },
        { provide: NoticeStates, useClass: PostgresNoticeStates },
      ],
      exports: [EventFeed, GitLabSyncBus],
    };
  }
}
