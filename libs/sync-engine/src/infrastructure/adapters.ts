import type { DynamicModule } from '@nestjs/common';
import { LazyModuleLoader } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Database, GITLAB_SYNC } from '@app/database';
import type { Provided } from '@app/kernel';
import { BacklogMetrics } from '../application/ports/backlog-metrics.port';
import { BaseEntries } from '../application/ports/base-entries.port';
import { CommitReports } from '../application/ports/commit-reports.port';
import { Findings } from '../application/ports/findings.port';
import { ProposedEntries } from '../application/ports/proposed-entries.port';
import { RunChanges } from '../application/ports/run-changes.port';
import { SingleRunner } from '../application/ports/single-runner.port';
import { SyncRuns } from '../application/ports/sync-runs.port';
import { SyncStates } from '../application/ports/sync-states.port';
import { WakeQueue } from '../application/ports/wake-queue.port';
import { SyncEngineSettings } from '../application/sync-engine.settings';
import { bullQueue, type WakeQueueSettings } from './bull-queue';
import { BullWakeQueue } from './bull-wake-queue';
import { DeploymentRow } from './deployment';
import { InProcessWakeQueue } from './in-process-wake-queue';
import { PostgresSingleRunner } from './postgres-single-runner';
import { syncEngineRows } from './sync-engine.rows';
import { TypeOrmBacklogMetrics } from './typeorm-backlog-metrics';
import { TypeOrmBaseEntries } from './typeorm-base-entries';
import { TypeOrmCommitReports } from './typeorm-commit-reports';
import { TypeOrmFindings } from './typeorm-findings';
import { TypeOrmProposedEntries } from './typeorm-proposed-entries';
import { TypeOrmRunChanges } from './typeorm-run-changes';
import { TypeOrmSyncRuns } from './typeorm-sync-runs';
import { TypeOrmSyncStates } from './typeorm-sync-states';

/** Adapters of the ports, as parts of a Nest module. */
export type Adapters = Required<Pick<DynamicModule, 'imports' | 'providers'>>;

const WAKE_QUEUE_SETTINGS = Symbol('settings of the wake queue');

/** Returns the adapters for PostgreSQL. Redis wakes orgs between processes; without it, only this process wakes them. */
export function postgresAdapters(wakeQueue: Provided<WakeQueueSettings | null>): Adapters {
  return {
    imports: [TypeOrmModule.forFeature([...syncEngineRows, DeploymentRow], GITLAB_SYNC)],
    providers: [
      { provide: SyncStates, useClass: TypeOrmSyncStates },
      { provide: BaseEntries, useClass: TypeOrmBaseEntries },
      { provide: ProposedEntries, useClass: TypeOrmProposedEntries },
      { provide: SyncRuns, useClass: TypeOrmSyncRuns },
      { provide: RunChanges, useClass: TypeOrmRunChanges },
      { provide: Findings, useClass: TypeOrmFindings },
      { provide: CommitReports, useClass: TypeOrmCommitReports },
      { provide: BacklogMetrics, useClass: TypeOrmBacklogMetrics },
      { provide: SingleRunner, useClass: PostgresSingleRunner },
      { ...wakeQueue, provide: WAKE_QUEUE_SETTINGS },
      {
        provide: WakeQueue,
        inject: [LazyModuleLoader, WAKE_QUEUE_SETTINGS, SyncEngineSettings, Database],
        useFactory: wakeQueueOf,
      },
    ],
  };
}

async function wakeQueueOf(
  modules: LazyModuleLoader,
  redis: WakeQueueSettings | null,
  settings: SyncEngineSettings,
  db: Database,
): Promise<WakeQueue> {
  if (!redis) return new InProcessWakeQueue();
  return new BullWakeQueue(await bullQueue(modules, redis, settings, db));
}
