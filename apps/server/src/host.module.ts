import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { CallerSource, GitLabSyncModule, RedisConnection } from '@app/gitlab-sync';
import { ProblemFilter } from '@app/gitlab-sync/http';
import { Authentication } from './auth/authentication';
import { RateLimit } from './auth/rate-limit';
import { RequestCallers } from './auth/request-callers';
import { HealthController } from './health/health.controller';
import { Metrics } from './health/metrics';
import { MetricsController } from './health/metrics.controller';
import type { ServerSettings } from './settings';

/** The base of the API's routes. */
export const API = 'api/v1';

/** Adds the host's duties to GitLab Sync: authentication, limits, probes and metrics. */
@Module({})
export class HostModule {
  static forRoot(settings: ServerSettings): DynamicModule {
    const metrics = new Metrics(settings.gitLabSync.role);
    return {
      module: HostModule,
      imports: [
        GitLabSyncModule.forRoot({
          ...settings.gitLabSync,
          metrics: metrics.registry,
          http: { path: API },
          callerSource: { provide: CallerSource, useClass: RequestCallers },
        }),
      ],
      controllers: [HealthController, ...(settings.metrics === 'beside-api' ? [MetricsController] : [])],
      providers: [
        { provide: Metrics, useValue: metrics },
        { provide: Authentication, useFactory: () => new Authentication(settings.auth) },
        { provide: RedisConnection, useFactory: () => RedisConnection.open(settings.gitLabSync.wakeQueue) },
        {
          provide: RateLimit,
          inject: [RedisConnection],
          useFactory: ({ client }: RedisConnection) => new RateLimit(settings.rateLimitPerMinute, client),
        },
        { provide: APP_FILTER, useClass: ProblemFilter },
      ],
    };
  }
}
