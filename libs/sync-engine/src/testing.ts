import { InspectFiles, type ContextStore, type ContextStoreService } from '@app/context-store';
import type { InMemoryTables } from '@app/database/testing';
import { inMemoryInspection } from '@app/inspection/testing';
import type { Clock, EventBus, Transactions } from '@app/kernel';
import type { ProjectConfigService } from '@app/project-config';
import { ResolveRun } from './application/requests/resolve-run';
import { RecoverMissedEvents } from './application/orchestration/recover-missed-events';
import { FullComparison } from './application/pull/full-comparison';
import { FinishRun } from './application/orchestration/finish-run';
import { FileStates } from './application/queries/file-states';
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
import type { WakeQueue } from './application/ports/wake-queue.port';
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
import { ReadSyncStatus } from './application/queries/sync-status';
import { ClaimOrg } from './application/orchestration/claim-org';
import { FindNextWake } from './application/orchestration/find-next-wake';
import { RenewLease } from './application/pass/renew-lease';
import { StartPass } from './application/pass/start-pass';
import { ProcessOrg } from './application/orchestration/process-org';
import { WatchRun } from './application/queries/watch-run';
import { InMemoryBacklogMetrics } from './infrastructure/in-memory-backlog-metrics';
import { InMemorySingleRunner } from './infrastructure/in-memory-single-runner';
import { InMemoryFindings } from './infrastructure/in-memory-findings';
import { InMemorySyncRuns } from './infrastructure/in-memory-sync-runs';
import { InMemorySyncStates } from './infrastructure/in-memory-sync-states';
import { ReactToChanges } from './jobs/react-to-changes';
import { Sweeper } from './jobs/sweeper';

export { BacklogMetrics } from './application/ports/backlog-metrics.port';
export { SingleRunner } from './application/ports/single-runner.port';
export { Findings } from './application/ports/findings.port';
export { OnPushEvents } from './application/requests/on-push-events';
export { WakeQueue } from './application/ports/wake-queue.port';
export type { NextWake } from './application/ports/wake-queue.port';
export { SyncEngineSettings } from './application/sync-engine.settings';
export { SyncRuns } from './application/ports/sync-runs.port';
export { SyncStates } from './application/ports/sync-states.port';
export type { Blocked } from './domain/sync-state';
export { RequestRun } from './application/requests/request-run';
export { ProcessOrg } from './application/orchestration/process-org';
export { SyncPass } from './application/pass/sync-pass';
export { InMemoryBacklogMetrics } from './infrastructure/in-memory-backlog-metrics';
export { InMemorySingleRunner } from './infrastructure/in-memory-single-runner';
export { InMemoryFindings } from './infrastructure/in-memory-findings';
export { InMemorySyncRuns } from './infrastructure/in-memory-sync-runs';
export { InMemorySyncStates } from './infrastructure/in-memory-sync-states';
export { BullWakeQueue } from './infrastructure/bull-wake-queue';
export { InProcessWakeQueue } from './infrastructure/in-process-wake-queue';
export { syncEngineRows } from './infrastructure/sync-engine.rows';
export { TypeOrmBacklogMetrics } from './infrastructure/typeorm-backlog-metrics';
export { PostgresSingleRunner } from './infrastructure/postgres-single-runner';
export { TypeOrmFindings } from './infrastructure/typeorm-findings';
export { TypeOrmSyncRuns } from './infrastructure/typeorm-sync-runs';
export { TypeOrmSyncStates } from './infrastructure/typeorm-sync-states';

export interface InMemorySyncEngineParts {
  readonly tables: InMemoryTables;
  readonly transactions: Transactions;
  readonly projects: ProjectConfigService;
  readonly store: ContextStore;
  readonly wakeQueue: WakeQueue;
  readonly events: EventBus;
  /** This worker's own clock. */
  readonly clock: Clock;
  /** The clock all leases are judged by; `clock` where absent. */
  readonly databaseClock?: Clock;
  readonly settings?: Partial<SyncEngineSettings>;
}

/** One worker's engine without Nest and without a database; several may share the tables. */
export function inMemorySyncEngine(parts: InMemorySyncEngineParts) {
  const { tables, transactions, projects, store, wakeQueue, events, clock, databaseClock = clock } = parts;
  const settings = new SyncEngineSettings(parts.settings);
  const states = new InMemorySyncStates(tables, databaseClock);
  const runs = new InMemorySyncRuns(tables);
  const findings = new InMemoryFindings(tables);
  const inspections = inMemoryInspection();
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
  const pull = new PullChanges(discover, reconcile, apply, freed, states, store);
  const send = new CommitOnce(pull, replaced, states, store, findings);
  const foresee = new ForeseePull(projects, states, discover, reconcile, admit);
  const plan = new PlanSync(foresee, store, guards);
  const push = new PushChanges(send, pull, states, store, guards, refused);
  const ship = new PushSnapshot(send, pull, states, store, guards, refused);
  const look = new PollOrg(states, runs, store, transactions, events, clock, settings);
  const request = new RequestRun(projects, states, runs, wakeQueue, transactions, clock);
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
  const catchUp = new RecoverMissedEvents(projects, states, store, request);
  return {
    states,
    runs,
    findings,
    request,
    webhooks: new OnPushEvents(states, request, clock),
    answer: new ResolveRun(runs, wakeQueue, transactions, clock),
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
      new ExecuteRun(new FullComparison(pull, states, findings), pull, push, ship, send, store),
      new FinishRun(runs, look, events, clock, settings),
      look,
      new FindNextWake(states, runs, clock),
      states,
    ),
  };
}

/** What the module offers to others, over an engine made above. */
export function inMemorySyncEngineService(
  parts: InMemorySyncEngineParts & { readonly files: ContextStoreService },
  engine: ReturnType<typeof inMemorySyncEngine>,
): SyncEngineService {
  const { projects, store, files, clock } = parts;
  const { states, runs, findings, request, answer, plan } = engine;
  return new SyncEngineService(
    projects,
    request,
    engine.webhooks,
    answer,
    new ReadSyncStatus(states, runs, store, findings),
    plan,
    engine.files,
    new RestoreConflict(findings, files),
    engine.release,
    new WatchRun(runs, clock),
    runs,
    findings,
    new InMemoryBacklogMetrics(parts.tables),
    clock,
  );
}
