import { Global, Logger, Module, type DynamicModule } from '@nestjs/common';
import { ContextScope, ContextStoreModule } from '@app/context-store';
import { CredentialsModule } from '@app/credentials';
import { DatabaseModule } from '@app/database';
import { GitLabModule } from '@app/gitlab';
import { InspectionModule } from '@app/inspection';
import { Clock, EventBus, SystemClock } from '@app/kernel';
import { ProjectConfigModule, ProjectConfigService } from '@app/project-config';
import { SyncEngineModule } from '@app/sync-engine';
import { WebhooksModule } from '@app/webhooks';
import { AuditModule } from './audit.module';
import { StatusController } from './http/status.controller';
import { RedisConnection } from './redis-connection';
import { RetentionModule } from './retention.module';
import { RotateKeys } from './rotate-keys';
import type { GitLabSyncSettings } from './settings';

const MAX_FILE_BYTES = 1_048_576;

/** What every module may ask for. */
@Global()
@Module({
  providers: [
    { provide: Clock, useClass: SystemClock },
    {
      provide: EventBus,
      useFactory: () => {
        const logger = new Logger('events');
        return new EventBus((error, { name, org }) =>
          logger.error({ err: error, event: name, org }, 'a handler failed'),
        );
      },
    },
    { provide: ContextScope, useExisting: ProjectConfigService },
  ],
  exports: [Clock, EventBus, ContextScope],
})
class SharedModule {}

/** GitLab Sync as one importable module: here it is decided which adapter stands behind which port. */
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
      tokenCare,
      maxFileBytes = MAX_FILE_BYTES,
    } = settings;
    const redis = new RedisConnection(redisUrl);
    return {
      module: GitLabSyncModule,
      imports: [
        SharedModule,
        AuditModule,
        DatabaseModule.forRoot(database),
        GitLabModule.forRoot({
          ...gitlab,
          limiter: { redis: redis.client ?? undefined, ...gitlab?.limiter },
        }),
        CredentialsModule.forRoot({ keyRing, tokenCare, works: role !== 'web' }),
        ProjectConfigModule.forRoot(),
        InspectionModule.forRoot(settings.inspection),
        ContextStoreModule.forRoot({ maxFileBytes, store: settings.contextStore }),
        SyncEngineModule.forRoot({ ...sync, redisUrl, maxFileBytes, works: role !== 'web' }),
        WebhooksModule.forRoot({ publicUrl, watches: role !== 'web' }),
        RetentionModule.forRoot({
          retention: settings.retention,
          ownStore: !settings.contextStore,
          works: role !== 'web',
        }),
      ],
      controllers: [StatusController],
      providers: [RotateKeys, { provide: RedisConnection, useValue: redis }],
      exports: [RedisConnection],
    };
  }
}
