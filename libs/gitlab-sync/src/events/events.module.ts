import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GITLAB_SYNC } from '@app/database';
import { EventBus } from '@app/kernel';
import { EventFeed } from './event-feed.port';
import { GitLabSyncBus } from './gitlab-sync.bus';
import { SubscribeHandlers } from './on-gitlab-sync';
import { SyncEventRow, TypeOrmEventFeed } from './typeorm-event-feed';

/** The events as the host sees them: the bus, the feed and the marked handlers. */
@Module({})
export class EventsModule {
  constructor(bus: EventBus, feed: EventFeed) {
    bus.storeIn(feed);
  }

  /** `imports` export `Clock`, `Database` and `EventBus`. */
  static forRoot(imports: ModuleMetadata['imports'] = []): DynamicModule {
    return {
      module: EventsModule,
      imports: [...imports, DiscoveryModule, TypeOrmModule.forFeature([SyncEventRow], GITLAB_SYNC)],
      providers: [GitLabSyncBus, SubscribeHandlers, { provide: EventFeed, useClass: TypeOrmEventFeed }],
      exports: [EventFeed, GitLabSyncBus],
    };
  }
}
