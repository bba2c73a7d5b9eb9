export type { Backlog } from './application/ports/backlog-metrics.port';
export type { WebhookContext } from './application/ports/sync-states.port';
export type { PushEvents } from './application/requests/on-push-events';
export type { FileCounts } from './application/queries/count-files';
export { FILE_STATES } from './application/queries/file-state';
export type { FileState, FileStateName } from './application/queries/file-state';
export type { SyncPlan } from './application/queries/plan-sync';
export { ConflictsApi } from './application/conflicts.api';
export { FilesApi } from './application/files.api';
export type { ConflictSideView, ConflictView, FileStateView, PlanView } from './application/finding.view';
export type { FileStatesRequest } from './application/queries/file-states';
export { runView } from './application/run.view';
export type { RunErrorView, RunView } from './application/run.view';
export { MergeRequestApi } from './application/merge-request.api';
export { RunsApi } from './application/runs.api';
export { SyncEngineSettings } from './application/sync-engine.settings';
export { SyncEngineService } from './application/sync-engine.service';
export type { SyncRest } from './application/queries/read-rest';
export type { Stop, SyncHealth, SyncStatus } from './application/queries/sync-status';
export type {
  ConflictFound,
  KeptOutFile,
  MergeRequestOpened,
  QuarantineChanged,
  SyncFailed,
  SyncFinished,
  WebhookSilent,
} from './domain/events';
export type { Conflict, Quarantined } from './domain/findings';
export type { PreviewOp } from './domain/preview-ops';
export type { Side, SideName } from './domain/side';
export type { Run, RunError, RunIntent, RunKind, RunStatus, RunTrigger } from './domain/run';
export type { RunChange } from './domain/run-change';
export type { RunCounts } from './domain/run-counts';
export { SyncPruner } from './infrastructure/sync-pruner';
export { TypeOrmSettledHistory } from './infrastructure/typeorm-settled-history';
export { SyncEngineModule } from './sync-engine.module';
export type { SyncEngineModuleParts } from './sync-engine.module';
export { postgresAdapters } from './infrastructure/adapters';
export type { WakeQueueSettings } from './infrastructure/bull-queue';
export { syncEngineMigrations } from './infrastructure/migrations';
