import { Global, Logger, Module, type DynamicModule } from '@nestjs/common';
import { AuditModule } from '@app/audit';
import { ContextScope, ContextStoreModule, DEFAULT_QUOTA } from '@app/context-store';
import { CredentialsModule } from '@app/credentials';
import { DatabaseModule } from '@app/database';
import { GitLabModule } from '@app/gitlab';
import { EventStreams, STREAM_LIMITS } from '@app/http';
import { InspectionModule } from '@app/inspection';
import { Clock, EventBus, Scheduler, SystemClock } from '@app/kernel';
import { ProjectConfigModule, ProjectConfigService } from '@app/project-config';
import { RetentionModule } from '@app/retention';
import { SyncEngineModule } from '@app/sync-engine';
import { WebhooksModule } from '@app/webhooks';
import { FilesInDot } from './files-in-dot';
import { ReadStatus } from './http/read-status';
import { StatusEvents } from './http/status-events';
import { StatusController } from './http/status.controller';
import { RedisConnection } from './redis-connection';
import { migrations } from './migrations';
import { prunersFor } from './pruners';
import { RotateKeys } from './rotate-keys';
import type { GitLabSyncSettings } from './settings';

const MAX_FILE_BYTES = 1_048_576;

/** Provides the parts that every module may inject. */
@Global()
@Module({
  providers: [
    { provide: Clock, useClass: SystemClock },
    {
      provide: EventBus,
      useFactory: () => {
        const logger = new Logger('events');
        return new EventBus((error, { name, org }) =>
          logger.error({ err: error, event: name, org }, 'event handler failed'),
        );
      },
    },
    { provide: ContextScope, useExisting: ProjectConfigService },
  ],
  exports: [Clock, EventBus, ContextScope],
})
class SharedModule {
  static forRoot({ eventStreams, role }: Pick<GitLabSyncSettings, 'eventStreams' | 'role'>): DynamicModule {
    const limits = { ...STREAM_LIMITS, ...eventStreams };
    const streams = {
      provide: EventStreams,
      inject: [Clock],
      useFactory: (clock: Clock) => new EventStreams(clock, limits),
    };
    const scheduler = {
      provide: Scheduler,
      inject: [Clock],
      useFactory: (clock: Clock) => {
        const logger = new Logger('schedule');
        return new Scheduler(clock, role !== 'web', (error, { name }) =>
          logger.error({ err: error, job: name }, 'scheduled job failed; retrying at the next interval'),
        );
      },
    };
    return { module: SharedModule, providers: [streams, scheduler], exports: [EventStreams, Scheduler] };
  }
}

/** Composes GitLab Sync into one importable module, and binds each port to its adapter. */
@Module({})
export class GitLabSyncModule {
  static forRoot(settings: GitLabSyncSettings): DynamicModule {
    const {
      database,
      redisUrl,
      role = 'all',
      keyRing,
      publicUrl,
      gitlab,
      sync,
      tokenLifecycle,
      maxFileBytes = MAX_FILE_BYTES,
    } = settings;
    const quota = { ...DEFAULT_QUOTA, ...settings.quota };
    const redis = new RedisConnection(redisUrl);
    return {
      module: GitLabSyncModule,
      imports: [
        SharedModule.forRoot(settings),
        AuditModule,
        DatabaseModule.forRoot(database, migrations),
        GitLabModule.forRoot({
          ...gitlab,
          limiter: { redis: redis.client ?? undefined, ...gitlab?.limiter },
        }),
        CredentialsModule.forRoot({ keyRing, tokenLifecycle }),
        ProjectConfigModule.forRoot(),
        InspectionModule.forRoot(settings.inspection),
        ContextStoreModule.forRoot({ maxFileBytes, quota, store: settings.contextStore }),
        SyncEngineModule.forRoot({ ...sync, redisUrl, maxFileBytes, quota, works: role !== 'web' }),
        WebhooksModule.forRoot({ publicUrl }),
        RetentionModule.forRoot(prunersFor(settings.retention, !settings.contextStore)),
      ],
      controllers: [StatusController],
      providers: [
        FilesInDot,
        ReadStatus,
        RotateKeys,
        StatusEvents,
        { provide: RedisConnection, useValue: redis },
      ],
      exports: [RedisConnection],
    };
  }
}
