import { InspectFiles, type ContextStore, type ContextStoreService } from '@app/context-store';
import type { InMemoryTables } from '@app/database/testing';
import type { InspectionService } from '@app/inspection';
import { inMemoryInspection } from '@app/inspection/testing';
import type { Clock, EventBus, Transactions } from '@app/kernel';
import type { ProjectConfigService } from '@app/project-config';
import { ResolveRun } from '../src/application/requests/resolve-run';
import { RecoverMissedEvents } from '../src/application/orchestration/recover-missed-events';
import { FullComparison } from '../src/application/pull/full-comparison';
import { FinishRun } from '../src/application/orchestration/finish-run';
import { FileStates } from '../src/application/queries/file-states';
import { ApplyTargetChange } from '../src/application/orchestration/apply-target-change';
import { PushGuards } from '../src/application/guards/push-guards';
import { HoldRefused } from '../src/application/guards/hold-refused';
import { PollOrg } from '../src/application/orchestration/poll-org';
import { ExecuteRun } from '../src/application/orchestration/execute-run';
import { PlanSync } from '../src/application/queries/plan-sync';
import { PullChanges } from '../src/application/pull/pull-changes';
import { PushChanges } from '../src/application/push/push-changes';
import { ReleaseFile } from '../src/application/requests/release-file';
import { OnPushEvents } from '../src/application/requests/on-push-events';
import { RequestRun } from '../src/application/requests/request-run';
import { RestoreConflict } from '../src/application/requests/restore-conflict';
import type { WakeQueue } from '../src/application/ports/wake-queue.port';
import { RetryStopped } from '../src/application/orchestration/retry-stopped';
import { CommitOnce } from '../src/application/push/commit-once';
import { PushSnapshot } from '../src/application/push/push-snapshot';
import { AdmitFiles } from '../src/application/pull/admit-files';
import { ApplyPull } from '../src/application/pull/apply-pull';
import { FreedFiles } from '../src/application/pull/freed-files';
import { RemoteFiles } from '../src/application/pull/remote-files';
import { ReconcileRemote } from '../src/application/pull/reconcile-remote';
import { StorePulled } from '../src/application/pull/store-pulled';
import { RecordConflicts } from '../src/application/pull/record-conflicts';
import { KeepReplaced } from '../src/application/pull/keep-replaced';
import { ForeseePull } from '../src/application/queries/foresee-pull';
import { DiscoverRemote } from '../src/application/pull/discover-remote';
import { SyncEngineService } from '../src/application/sync-engine.service';
import { SyncEngineSettings } from '../src/application/sync-engine.settings';
import { ReadSyncStatus } from '../src/application/queries/sync-status';
import { ClaimOrg } from '../src/application/orchestration/claim-org';
import { FindNextWake } from '../src/application/orchestration/find-next-wake';
import { RenewLease } from '../src/application/pass/renew-lease';
import { StartPass } from '../src/application/pass/start-pass';
import { ProcessOrg } from '../src/application/orchestration/process-org';
import { WatchRun } from '../src/application/queries/watch-run';
import { InMemoryBacklogMetrics } from './in-memory-backlog-metrics';
import { InMemorySingleRunner } from './in-memory-single-runner';
import { InMemoryFindings } from './in-memory-findings';
import { CountFiles } from '../src/application/queries/count-files';
import { ReadRemoteFile } from '../src/application/queries/read-remote-file';
import { PendingChanges } from '../src/application/queries/pending-changes';
import { DismissConflict } from '../src/application/requests/dismiss-conflict';
import { ListConflicts } from '../src/application/queries/list-conflicts';
import { ListRunChanges } from '../src/application/queries/list-run-changes';
import { DeleteWaiting } from '../src/application/pull/delete-waiting';
import { SettleDeletions } from '../src/application/orchestration/settle-deletions';
import { PutBackFiles } from '../src/application/push/put-back-files';
import { InMemoryRunChanges } from './in-memory-run-changes';
import { InMemorySyncRuns } from './in-memory-sync-runs';
import { InMemorySyncStates } from './in-memory-sync-states';
import { ReactToChanges } from '../src/jobs/react-to-changes';
import { Sweeper } from '../src/jobs/sweeper';

export { BacklogMetrics } from '../src/application/ports/backlog-metrics.port';
export { SingleRunner } from '../src/application/ports/single-runner.port';
export { Findings } from '../src/application/ports/findings.port';
export { OnPushEvents } from '../src/application/requests/on-push-events';
export { WakeQueue } from '../src/application/ports/wake-queue.port';
export type { NextWake } from '../src/application/ports/wake-queue.port';
export { SyncEngineSettings } from '../src/application/sync-engine.settings';
export { RunChanges } from '../src/application/ports/run-changes.port';
export { InMemoryRunChanges } from './in-memory-run-changes';
export { TypeOrmRunChanges } from '../src/infrastructure/typeorm-run-changes';
export { SyncRuns } from '../src/application/ports/sync-runs.port';
export { SyncStates } from '../src/application/ports/sync-states.port';
export type { Blocked } from '../src/domain/sync-state';
export { RequestRun } from '../src/application/requests/request-run';
export { ProcessOrg } from '../src/application/orchestration/process-org';
export { SyncPass } from '../src/application/pass/sync-pass';
export { InMemoryBacklogMetrics } from './in-memory-backlog-metrics';
export { InMemorySingleRunner } from './in-memory-single-runner';
export { InMemoryFindings } from './in-memory-findings';
export { InMemorySyncRuns } from './in-memory-sync-runs';
export { InMemorySyncStates } from './in-memory-sync-states';
export { BullWakeQueue } from '../src/infrastructure/bull-wake-queue';
export { InProcessWakeQueue } from '../src/infrastructure/in-process-wake-queue';
export { syncEngineRows } from '../src/infrastructure/sync-engine.rows';
export { TypeOrmBacklogMetrics } from '../src/infrastructure/typeorm-backlog-metrics';
export { PostgresSingleRunner } from '../src/infrastructure/postgres-single-runner';
export { TypeOrmFindings } from '../src/infrastructure/typeorm-findings';
export { TypeOrmSyncRuns } from '../src/infrastructure/typeorm-sync-runs';
export { TypeOrmSyncStates } from '../src/infrastructure/typeorm-sync-states';

export interface InMemorySyncEngineParts {
  readonly tables: InMemoryTables;
  readonly transactions: Transactions;
  readonly projects: ProjectConfigService;
  readonly store: ContextStore;
  readonly wakeQueue: WakeQueue;
  readonly events: EventBus;
  /** This worker's own clock. */
  readonly clock: Clock;
  /** Clock for all leases; defaults to `clock`. */
  readonly databaseClock?: Clock;
  readonly settings?: Partial<SyncEngineSettings>;
  readonly inspection?: InspectionService;
}

/** One worker's engine without Nest and without a database; several may share the tables. */
export function inMemorySyncEngine(parts: InMemorySyncEngineParts) {
  const { tables, transactions, projects, store, wakeQueue, events, clock, databaseClock = clock } = parts;
  const settings = new SyncEngineSettings(parts.settings);
  const states = new InMemorySyncStates(tables, databaseClock);
  const runs = new InMemorySyncRuns(tables);
  const findings = new InMemoryFindings(tables);
  const runChanges = new InMemoryRunChanges(tables);
  const inspections = parts.inspection ?? inMemoryInspection(clock);
  const freed = new FreedFiles(store, findings, settings);
  const remoteFiles = new RemoteFiles(new InspectFiles(inspections), settings);
  const discover = new DiscoverRemote(states, store, findings, freed, remoteFiles);
  const reconcile = new ReconcileRemote(discover, store, clock);
  const admit = new AdmitFiles(store, settings);
  const storePulled = new StorePulled(store);
  const conflicts = new RecordConflicts(findings, store, transactions, events, clock);
  const replaced = new KeepReplaced(states, store, findings, storePulled, conflicts, settings);
  const guards = new PushGuards(findings, store, inspections, clock);
  const refused = new HoldRefused(states, findings, clock, settings);
  const apply = new ApplyPull(admit, storePulled, conflicts, guards, states, store, findings, clock);
  const pull = new PullChanges(discover, reconcile, apply, freed, states, store, clock);
  const send = new CommitOnce(pull, replaced, states, store, findings, runChanges);
  const foresee = new ForeseePull(projects, states, discover, reconcile, admit);
  const plan = new PlanSync(foresee, store, guards);
  const push = new PushChanges(send, pull, states, store, guards, refused);
  const ship = new PushSnapshot(send, pull, states, store, guards, refused);
  const putBack = new PutBackFiles(send, pull, states, store, guards, refused);
  const deletions = new SettleDeletions(
    states,
    store,
    runChanges,
    new DeleteWaiting(apply, findings),
    pull,
    putBack,
  );
  const compare = new FullComparison(pull, states, findings);
  const look = new PollOrg(states, runs, store, transactions, events, clock, settings);
  const request = new RequestRun(projects, states, runs, wakeQueue, inspections, transactions, clock);
  const followTarget = new ApplyTargetChange(states, runs, findings, transactions, clock, settings);
  const retryStopped = new RetryStopped(states, runs, guards, clock);
  const claim = new ClaimOrg(
    states,
    runs,
    projects,
    followTarget,
    retryStopped,
    transactions,
    clock,
    settings,
  );
  const catchUp = new RecoverMissedEvents(projects, states, runs, store, request);
  return {
    states,
    runs,
    findings,
    runChanges,
    status: new ReadSyncStatus(
      ...([states, runs, new PendingChanges(states, store), findings] as const),
      ...([new CountFiles(states, store, findings), settings] as const),
    ),
    remoteFile: new ReadRemoteFile(projects, states, findings, settings),
    conflicts: new ListConflicts(findings, store),
    dismiss: new DismissConflict(findings, transactions),
    changes: new ListRunChanges(runs, runChanges, store),
    request,
    webhooks: new OnPushEvents(states, request, clock),
    answer: new ResolveRun(runs, states, runChanges, wakeQueue, transactions, clock),
    plan,
    release: new ReleaseFile(findings, store, inspections, request, transactions, clock),
    files: new FileStates(projects, states, store, findings, foresee, inspections),
    react: new ReactToChanges(events, projects, store, states, request, wakeQueue),
    catchUp,
    sweeper: new Sweeper(states, catchUp, new InMemorySingleRunner(), wakeQueue, clock, settings),
    processOrg: new ProcessOrg(
      claim,
      new RenewLease(states, transactions, clock, settings),
      new StartPass(states, runs, transactions, clock, settings),
      new ExecuteRun(compare, pull, push, ship, send, store, deletions),
      new FinishRun(runs, runChanges, look, events, clock, settings),
      look,
      new FindNextWake(states, runs, clock),
      states,
    ),
  };
}

/** Builds the module's interface over an engine made above. */
export function inMemorySyncEngineService(
  parts: InMemorySyncEngineParts & { readonly files: ContextStoreService },
  engine: ReturnType<typeof inMemorySyncEngine>,
): SyncEngineService {
  const { projects, files, clock } = parts;
  const { runs, findings, request, answer, plan } = engine;
  return new SyncEngineService(
    projects,
    request,
    engine.webhooks,
    answer,
    engine.status,
    plan,
    engine.files,
    new RestoreConflict(findings, files),
    engine.release,
    new WatchRun(runs, clock),
    engine.changes,
    runs,
    engine.conflicts,
    engine.dismiss,
    engine.remoteFile,
    new InMemoryBacklogMetrics(parts.tables),
    clock,
  );
}
