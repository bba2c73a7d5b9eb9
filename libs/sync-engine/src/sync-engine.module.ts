import { BullModule } from '@nestjs/bull';
import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Database } from '@app/database';
import { AnswerRun } from './application/answer-run';
import { Backlogs } from './application/backlog.port';
import { CatchUp } from './application/catch-up';
import { CatchUpQueue } from './application/catch-up-queue.port';
import { CompareAll } from './application/compare-all';
import { ConcludeRun } from './application/conclude-run';
import { FileStates } from './application/file-states';
import { Findings } from './application/findings.port';
import { FollowTarget } from './application/follow-target';
import { HoldBack } from './application/hold-back';
import { HoldRefused } from './application/hold-refused';
import { LookForChanges } from './application/look-for-changes';
import { PerformRun } from './application/perform-run';
import { PlanSync } from './application/plan-sync';
import { PullChanges } from './application/pull-changes';
import { PushChanges } from './application/push-changes';
import { ReleaseFile } from './application/release-file';
import { HearWebhooks } from './application/hear-webhooks';
import { RequestRun } from './application/request-run';
import { RestoreConflict } from './application/restore-conflict';
import { Ring } from './application/ring.port';
import { RetryStopped } from './application/retry-stopped';
import { SendCommit } from './application/send-commit';
import { ShipFiles } from './application/ship-files';
import { Survey } from './application/survey';
import { SyncEngineService } from './application/sync-engine.service';
import { SyncEngineSettings } from './application/sync-engine.settings';
import { SyncRuns } from './application/sync-runs.port';
import { SyncStates } from './application/sync-states.port';
import { ReadSyncStatus } from './application/sync-status';
import { TakeTurn } from './application/take-turn';
import { WatchRun } from './application/watch-run';
import { RunEvents } from './http/run-events';
import { SyncController } from './http/sync.controller';
import { BullRing, RING_QUEUE } from './infrastructure/bull-ring';
import { DeploymentRow, ringPrefix } from './infrastructure/deployment';
import { InProcessRing } from './infrastructure/in-process-ring';
import { syncEngineRows } from './infrastructure/sync-engine.rows';
import { TypeOrmBacklogs } from './infrastructure/typeorm-backlogs';
import { TypeOrmCatchUpQueue } from './infrastructure/typeorm-catch-up-queue';
import { TypeOrmFindings } from './infrastructure/typeorm-findings';
import { TypeOrmSyncRuns } from './infrastructure/typeorm-sync-runs';
import { TypeOrmSyncStates } from './infrastructure/typeorm-sync-states';
import { ReactToChanges } from './jobs/react-to-changes';
import { Sweeper } from './jobs/sweeper';
import { SyncWorker } from './jobs/sync-worker';

export interface SyncEngineModuleSettings extends Partial<SyncEngineSettings> {
  /** Rings through Redis; within this process where absent. */
  readonly redisUrl?: string;
  /** Whether this process answers rings; true where absent. */
  readonly works?: boolean;
}

/** What the sync itself is made of. */
const syncUseCases = [
  AnswerRun,
  CatchUp,
  CompareAll,
  ConcludeRun,
  FileStates,
  FollowTarget,
  HoldBack,
  HoldRefused,
  LookForChanges,
  PerformRun,
  PlanSync,
  PullChanges,
  PushChanges,
  ReadSyncStatus,
  ReleaseFile,
  HearWebhooks,
  RequestRun,
  RestoreConflict,
  RetryStopped,
  SendCommit,
  ShipFiles,
  Survey,
  TakeTurn,
  WatchRun,
];

@Module({})
export class SyncEngineModule {
  static forRoot({ redisUrl, works = true, ...more }: SyncEngineModuleSettings = {}): DynamicModule {
    const settings = new SyncEngineSettings(more);
    return {
      module: SyncEngineModule,
      global: true,
      imports: [
        TypeOrmModule.forFeature([...syncEngineRows, DeploymentRow]),
        ...(redisUrl ? bull(redisUrl, settings) : []),
      ],
      controllers: [SyncController],
      providers: [
        ...syncUseCases,
        SyncEngineService,
        RunEvents,
        ReactToChanges,
        ...(works ? [SyncWorker, Sweeper] : []),
        { provide: SyncEngineSettings, useValue: settings },
        { provide: SyncStates, useClass: TypeOrmSyncStates },
        { provide: SyncRuns, useClass: TypeOrmSyncRuns },
        { provide: Findings, useClass: TypeOrmFindings },
        { provide: Backlogs, useClass: TypeOrmBacklogs },
        { provide: CatchUpQueue, useClass: TypeOrmCatchUpQueue },
        { provide: Ring, useClass: redisUrl ? BullRing : InProcessRing },
      ],
      exports: [SyncEngineService],
    };
  }
}

/** A worker that died is noticed before its leases end; they decide who may work. */
function bull(url: string, { leaseMs }: SyncEngineSettings): DynamicModule[] {
  return [
    BullModule.forRootAsync({
      inject: [Database],
      useFactory: async (db: Database) => ({
        url,
        prefix: await ringPrefix(db),
        // Redis may be away for minutes, also at start: connections wait for it instead of giving up, and one that fell
        // silent is made anew (Bull itself waits for a job no longer than five seconds).
        redis: { maxRetriesPerRequest: null, socketTimeout: 15_000 },
        settings: {
          lockDuration: Math.ceil(leaseMs / 3),
          lockRenewTime: Math.ceil(leaseMs / 10),
          stalledInterval: Math.ceil(leaseMs / 6),
          maxStalledCount: 3,
        },
      }),
    }),
    BullModule.registerQueue({ name: RING_QUEUE }),
  ];
}
