import { InspectFiles, type ContextStore, type ContextStoreService } from '@app/context-store';
import type { InMemoryTables } from '@app/database/testing';
import { inMemoryInspection } from '@app/inspection/testing';
import type { Clock, EventBus, Transactions } from '@app/kernel';
import type { ProjectConfigService } from '@app/project-config';
import { AnswerRun } from './application/answer-run';
import { CatchUp } from './application/catch-up';
import { CompareAll } from './application/compare-all';
import { ConcludeRun } from './application/conclude-run';
import { FileStates } from './application/file-states';
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
import type { Ring } from './application/ring.port';
import { RetryStopped } from './application/retry-stopped';
import { SendCommit } from './application/send-commit';
import { ShipFiles } from './application/ship-files';
import { Survey } from './application/survey';
import { SyncEngineService } from './application/sync-engine.service';
import { SyncEngineSettings } from './application/sync-engine.settings';
import { ReadSyncStatus } from './application/sync-status';
import { TakeTurn } from './application/take-turn';
import { WatchRun } from './application/watch-run';
import { InMemoryBacklogs } from './infrastructure/in-memory-backlogs';
import { InMemoryCatchUpQueue } from './infrastructure/in-memory-catch-up-queue';
import { InMemoryFindings } from './infrastructure/in-memory-findings';
import { InMemorySyncRuns } from './infrastructure/in-memory-sync-runs';
import { InMemorySyncStates } from './infrastructure/in-memory-sync-states';
import { ReactToChanges } from './jobs/react-to-changes';
import { Sweeper } from './jobs/sweeper';

export { Backlogs } from './application/backlog.port';
export { CatchUpQueue } from './application/catch-up-queue.port';
export { Findings } from './application/findings.port';
export { HearWebhooks } from './application/hear-webhooks';
export { Ring } from './application/ring.port';
export type { RingAgain } from './application/ring.port';
export { SyncEngineSettings } from './application/sync-engine.settings';
export { SyncRuns } from './application/sync-runs.port';
export { SyncStates } from './application/sync-states.port';
export type { Blocked } from './domain/sync-state';
export { RequestRun } from './application/request-run';
export { TakeTurn } from './application/take-turn';
export { Turn } from './application/turn';
export { InMemoryBacklogs } from './infrastructure/in-memory-backlogs';
export { InMemoryCatchUpQueue } from './infrastructure/in-memory-catch-up-queue';
export { InMemoryFindings } from './infrastructure/in-memory-findings';
export { InMemorySyncRuns } from './infrastructure/in-memory-sync-runs';
export { InMemorySyncStates } from './infrastructure/in-memory-sync-states';
export { BullRing } from './infrastructure/bull-ring';
export { InProcessRing } from './infrastructure/in-process-ring';
export { syncEngineRows } from './infrastructure/sync-engine.rows';
export { TypeOrmBacklogs } from './infrastructure/typeorm-backlogs';
export { TypeOrmCatchUpQueue } from './infrastructure/typeorm-catch-up-queue';
export { TypeOrmFindings } from './infrastructure/typeorm-findings';
export { TypeOrmSyncRuns } from './infrastructure/typeorm-sync-runs';
export { TypeOrmSyncStates } from './infrastructure/typeorm-sync-states';

export interface InMemorySyncEngineParts {
  readonly tables: InMemoryTables;
  readonly transactions: Transactions;
  readonly projects: ProjectConfigService;
  readonly store: ContextStore;
  readonly ring: Ring;
  readonly events: EventBus;
  /** This worker's own clock. */
  readonly clock: Clock;
  /** The clock all leases are judged by; `clock` where absent. */
  readonly databaseClock?: Clock;
  readonly settings?: Partial<SyncEngineSettings>;
}

/** One worker's engine without Nest and without a database; several may share the tables. */
export function inMemorySyncEngine(parts: InMemorySyncEngineParts) {
  const { tables, transactions, projects, store, ring, events, clock, databaseClock = clock } = parts;
  const settings = new SyncEngineSettings(parts.settings);
  const states = new InMemorySyncStates(tables, databaseClock);
  const runs = new InMemorySyncRuns(tables);
  const findings = new InMemoryFindings(tables);
  const inspections = inMemoryInspection();
  const survey = new Survey(states, store, findings, new InspectFiles(inspections), clock, settings);
  const holdBack = new HoldBack(findings, store, inspections, clock);
  const refused = new HoldRefused(states, findings, clock, settings);
  const pull = new PullChanges(survey, states, store, findings, holdBack, transactions, events, clock);
  const send = new SendCommit(pull, states, store, findings);
  const plan = new PlanSync(projects, states, store, survey, holdBack);
  const push = new PushChanges(send, pull, states, store, holdBack, refused);
  const ship = new ShipFiles(send, pull, states, store, holdBack, refused);
  const look = new LookForChanges(states, runs, store, transactions, events, clock, settings);
  const request = new RequestRun(projects, states, runs, ring, transactions, clock);
  const catchUp = new CatchUp(projects, states, store, request);
  return {
    states,
    runs,
    findings,
    request,
    webhooks: new HearWebhooks(states, request, clock),
    answer: new AnswerRun(runs, ring, transactions, clock),
    plan,
    release: new ReleaseFile(findings, store, inspections, request, transactions, clock),
    files: new FileStates(projects, states, store, findings, plan, inspections),
    react: new ReactToChanges(events, projects, store, states, request, ring),
    catchUp,
    sweeper: new Sweeper(states, catchUp, new InMemoryCatchUpQueue(), ring, clock, settings),
    takeTurn: new TakeTurn(
      states,
      runs,
      projects,
      new FollowTarget(states, runs, findings, transactions, clock, settings),
      new PerformRun(new CompareAll(pull, states, findings), pull, push, ship, send, store),
      new ConcludeRun(runs, look, events, clock, settings),
      look,
      new RetryStopped(states, runs, holdBack, clock),
      transactions,
      clock,
      settings,
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
    new InMemoryBacklogs(parts.tables),
    clock,
  );
}
