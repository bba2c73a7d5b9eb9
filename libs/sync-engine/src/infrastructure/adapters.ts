import { BullModule } from '@nestjs/bull';
import type { DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Database } from '@app/database';
import { BacklogMetrics } from '../application/ports/backlog-metrics.port';
import { BaseEntries } from '../application/ports/base-entries.port';
import { Findings } from '../application/ports/findings.port';
import { RunChanges } from '../application/ports/run-changes.port';
import { SingleRunner } from '../application/ports/single-runner.port';
import { SyncRuns } from '../application/ports/sync-runs.port';
import { SyncStates } from '../application/ports/sync-states.port';
import { WakeQueue } from '../application/ports/wake-queue.port';
import type { SyncEngineSettings } from '../application/sync-engine.settings';
import { BullWakeQueue, WAKE_QUEUE } from './bull-wake-queue';
import { DeploymentRow, queuePrefix } from './deployment';
import { InProcessWakeQueue } from './in-process-wake-queue';
import { PostgresSingleRunner } from './postgres-single-runner';
import { syncEngineRows } from './sync-engine.rows';
import { TypeOrmBacklogMetrics } from './typeorm-backlog-metrics';
import { TypeOrmBaseEntries } from './typeorm-base-entries';
import { TypeOrmFindings } from './typeorm-findings';
import { TypeOrmRunChanges } from './typeorm-run-changes';
import { TypeOrmSyncRuns } from './typeorm-sync-runs';
import { TypeOrmSyncStates } from './typeorm-sync-states';

/** Adapters of the ports, as parts of a Nest module. */
export type Adapters = Required<Pick<DynamicModule, 'imports' | 'providers'>>;

/** Returns the adapters for PostgreSQL. Redis wakes orgs between processes; without it, only this process wakes them. */
export function postgresAdapters(settings: SyncEngineSettings, redisUrl?: string): Adapters {
  return {
    imports: [
      TypeOrmModule.forFeature([...syncEngineRows, DeploymentRow]),
      ...(redisUrl ? bull(redisUrl, settings) : []),
    ],
    providers: [
      { provide: SyncStates, useClass: TypeOrmSyncStates },
      { provide: BaseEntries, useClass: TypeOrmBaseEntries },
      { provide: SyncRuns, useClass: TypeOrmSyncRuns },
      { provide: RunChanges, useClass: TypeOrmRunChanges },
      { provide: Findings, useClass: TypeOrmFindings },
      { provide: BacklogMetrics, useClass: TypeOrmBacklogMetrics },
      { provide: SingleRunner, useClass: PostgresSingleRunner },
      { provide: WakeQueue, useClass: redisUrl ? BullWakeQueue : InProcessWakeQueue },
    ],
  };
}

/** Configures Bull to notice a dead worker before its leases end; the leases decide which worker may act. */
function bull(url: string, { leaseMs }: SyncEngineSettings): DynamicModule[] {
  return [
    BullModule.forRootAsync({
      inject: [Database],
      useFactory: async (db: Database) => ({
        url,
        prefix: await queuePrefix(db),
        // Redis may be unavailable for minutes, also at start: connections wait for it instead of giving up, and one that fell
        // silent is replaced (Bull itself waits for a job no longer than five seconds).
        redis: { maxRetriesPerRequest: null, socketTimeout: 15_000 },
        settings: {
          lockDuration: Math.ceil(leaseMs / 3),
          lockRenewTime: Math.ceil(leaseMs / 10),
          stalledInterval: Math.ceil(leaseMs / 6),
          maxStalledCount: 3,
        },
      }),
    }),
    BullModule.registerQueue({ name: WAKE_QUEUE }),
  ];
}
