import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { GitLabSyncModule, RedisConnection } from '@app/gitlab-sync';
import { AccessGuard, ProblemFilter, validationPipe } from '@app/http';
import { Authentication } from './auth/authentication';
import { RateLimit } from './auth/rate-limit';
import { HealthController } from './health/health.controller';
import { gitLabMetrics } from './health/gitlab-metrics';
import { Metrics } from './health/metrics';
import { MetricsController } from './health/metrics.controller';
import { CheckReadiness } from './health/readiness';
import { SyncMetrics } from './health/sync-metrics';
import { TenantMetrics } from './health/tenant-metrics';
import type { ServerSettings } from './settings';

/** Adds the host's duties to GitLab Sync: authentication, limits, probes and metrics. */
@Module({})
export class HostModule {
  static forRoot(settings: ServerSettings): DynamicModule {
    const metrics = new Metrics(settings.gitLabSync.role);
    const gitlab = { ...settings.gitLabSync.gitlab, observer: gitLabMetrics(metrics) };
    return {
      module: HostModule,
      imports: [GitLabSyncModule.forRoot({ ...settings.gitLabSync, gitlab })],
      controllers: [HealthController, ...(settings.metrics === 'beside-api' ? [MetricsController] : [])],
      providers: [
        CheckReadiness,
        { provide: Metrics, useValue: metrics },
        SyncMetrics,
        TenantMetrics,
        { provide: Authentication, useFactory: () => new Authentication(settings.auth) },
        {
          provide: RateLimit,
          inject: [RedisConnection],
          useFactory: ({ client }: RedisConnection) => new RateLimit(settings.rateLimitPerMinute, client),
        },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useFactory: validationPipe },
      ],
    };
  }
}
