import { BullModule } from '@nestjs/bull';
import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Database, GITLAB_SYNC } from '@app/database';
import { ResolveRun } from './application/requests/resolve-run';
import { BacklogMetrics } from './application/ports/backlog-metrics.port';
import { RecoverMissedEvents } from './application/orchestration/recover-missed-events';
import { SingleRunner } from './application/ports/single-runner.port';
import { FullComparison } from './application/pull/full-comparison';
import { FinishRun } from './application/orchestration/finish-run';
import { FileStates } from './application/queries/file-states';
import { Findings } from './application/ports/findings.port';
import { ApplyTargetChange } from './application/orchestration/apply-target-change';
import { PushGuards } from './application/guards/push-guards';
import { HoldRefused } from './application/guards/hold-refused';
import { PollOrg } from './application/orchestration/poll-org';
import { ExecuteRun } from './application/orchestration/execute-run';
import { PlanSync } from './application/queries/plan-sync';
import { PullChanges } from './application/pull/pull-changes';
import { PushChanges } from './application/push/push-changes';
import { ReleaseFile } from './application/requests/release-file';
import { OnPushEvents } from './application/requests/on-push-events';
import { RequestRun } from './application/requests/request-run';
import { RestoreConflict } from './application/requests/restore-conflict';
import { WakeQueue } from './application/ports/wake-queue.port';
import { RetryStopped } from './application/orchestration/retry-stopped';
import { CommitOnce } from './application/push/commit-once';
import { PushSnapshot } from './application/push/push-snapshot';
import { AdmitFiles } from './application/pull/admit-files';
import { ApplyPull } from './application/pull/apply-pull';
import { FreedFiles } from './application/pull/freed-files';
import { RemoteFiles } from './application/pull/remote-files';
import { ReconcileRemote } from './application/pull/reconcile-remote';
import { StorePulled } from './application/pull/store-pulled';
import { RecordConflicts } from './application/pull/record-conflicts';
import { KeepReplaced } from './application/pull/keep-replaced';
import { ForeseePull } from './application/queries/foresee-pull';
import { DiscoverRemote } from './application/pull/discover-remote';
import { SyncEngineService } from './application/sync-engine.service';
import { SyncEngineSettings } from './application/sync-engine.settings';
import { SyncRuns } from './application/ports/sync-runs.port';
import { SyncStates } from './application/ports/sync-states.port';
import { ReadSyncStatus } from './application/queries/sync-status';
import { ClaimOrg } from './application/orchestration/claim-org';
import { FindNextWake } from './application/orchestration/find-next-wake';
import { RenewLease } from './application/pass/renew-lease';
import { StartPass } from './application/pass/start-pass';
import { ProcessOrg } from './application/orchestration/process-org';
import { WatchRun } from './application/queries/watch-run';
import { PendingChanges } from './application/queries/pending-changes';
import { DismissConflict } from './application/requests/dismiss-conflict';
import { ListConflicts } from './application/queries/list-conflicts';
import { CountFiles } from './application/queries/count-files';
import { ReadRemoteFile } from './application/queries/read-remote-file';
import { RemoteFileController } from './http/remote-file.controller';
import { PendingInSync } from './infrastructure/pending-in-sync';
import { ListRunChanges } from './application/queries/list-run-changes';
import { RunChanges } from './application/ports/run-changes.port';
import { DeleteWaiting } from './application/pull/delete-waiting';
import { SettleDeletions } from './application/orchestration/settle-deletions';
import { PutBackFiles } from './application/push/put-back-files';
import { RunEvents } from './http/run-events';
import { SyncController } from './http/sync.controller';
import { BullWakeQueue, WAKE_QUEUE } from './infrastructure/bull-wake-queue';
import { DeploymentRow, queuePrefix } from './infrastructure/deployment';
import { InProcessWakeQueue } from './infrastructure/in-process-wake-queue';
import { syncEngineRows } from './infrastructure/sync-engine.rows';
import { TypeOrmBacklogMetrics } from './infrastructure/typeorm-backlog-metrics';
import { PostgresSingleRunner } from './infrastructure/postgres-single-runner';
import { TypeOrmFindings } from './infrastructure/typeorm-findings';
import { TypeOrmRunChanges } from './infrastructure/typeorm-run-changes';
import { TypeOrmSyncRuns } from './infrastructure/typeorm-sync-runs';
import { TypeOrmSyncStates } from './infrastructure/typeorm-sync-states';
import { ReactToChanges } from './jobs/react-to-changes';
import { Sweeper } from './jobs/sweeper';
import { SyncWorker } from './jobs/sync-worker';

export interface SyncEngineModuleSettings extends Partial<SyncEngineSettings> {
  /** Redis that wakes orgs between processes; without it, only this process wakes them. */
  readonly redisUrl?: string;
  /** True if this process does queued work; defaults to true. */
  readonly works?: boolean;
}

/** Use cases of the sync itself. */
const syncUseCases = [
  ResolveRun,
  RecoverMissedEvents,
  FullComparison,
  FinishRun,
  FileStates,
  ApplyTargetChange,
  PushGuards,
  HoldRefused,
  PollOrg,
  ExecuteRun,
  PlanSync,
  PullChanges,
  PushChanges,
  ReadSyncStatus,
  ReleaseFile,
  OnPushEvents,
  RequestRun,
  RestoreConflict,
  RetryStopped,
  CommitOnce,
  PushSnapshot,
  AdmitFiles,
  ApplyPull,
  DiscoverRemote,
  ForeseePull,
  FreedFiles,
  KeepReplaced,
  ReconcileRemote,
  RecordConflicts,
  RemoteFiles,
  StorePulled,
  ClaimOrg,
  FindNextWake,
  ProcessOrg,
  RenewLease,
  StartPass,
  WatchRun,
  DismissConflict,
  ListConflicts,
  CountFiles,
  ReadRemoteFile,
  ListRunChanges,
  PendingChanges,
  PutBackFiles,
  DeleteWaiting,
  SettleDeletions,
];

@Module({})
export class SyncEngineModule {
  static forRoot({ redisUrl, works = true, ...more }: SyncEngineModuleSettings = {}): DynamicModule {
    const settings = new SyncEngineSettings(more);
    return {
      module: SyncEngineModule,
      global: true,
      imports: [
        TypeOrmModule.forFeature([...syncEngineRows, DeploymentRow], GITLAB_SYNC),
        ...(redisUrl ? bull(redisUrl, settings) : []),
      ],
      controllers: [SyncController, RemoteFileController],
      providers: [
        ...syncUseCases,
        SyncEngineService,
        RunEvents,
        PendingInSync,
        ReactToChanges,
        ...(works ? [SyncWorker, Sweeper] : []),
        { provide: SyncEngineSettings, useValue: settings },
        { provide: SyncStates, useClass: TypeOrmSyncStates },
        { provide: SyncRuns, useClass: TypeOrmSyncRuns },
        { provide: RunChanges, useClass: TypeOrmRunChanges },
        { provide: Findings, useClass: TypeOrmFindings },
        { provide: BacklogMetrics, useClass: TypeOrmBacklogMetrics },
        { provide: SingleRunner, useClass: PostgresSingleRunner },
        { provide: WakeQueue, useClass: redisUrl ? BullWakeQueue : InProcessWakeQueue },
      ],
      exports: [SyncEngineService],
    };
  }
}

/** Configures Bull to notice a dead worker before its leases end; the leases decide which worker may act. */
function bull(url: string, { leaseMs }: SyncEngineSettings): DynamicModule[] {
  return [
    BullModule.forRootAsync(GITLAB_SYNC, {
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
    BullModule.registerQueue({ name: WAKE_QUEUE, configKey: GITLAB_SYNC }),
  ];
}
