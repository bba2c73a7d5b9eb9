import { Logger, Module, type LoggerService } from '@nestjs/common';
import { Test, type TestingModule, type TestingModuleBuilder } from '@nestjs/testing';
import { AuditTrail } from '@app/audit';
import { InMemoryAuditLog } from '@app/audit/testing';
import { ContextStore, ContextStoreService, InspectFiles } from '@app/context-store';
import type { InMemoryTables } from '@app/database/testing';
import { InspectionService } from '@app/inspection';
import { inMemoryInspection } from '@app/inspection/testing';
import { Clock, EventBus, Scheduler, Transactions } from '@app/kernel';
import { ProjectConfigService } from '@app/project-config';
import { RecoverMissedEvents } from '../src/application/orchestration/recover-missed-events';
import { ProcessOrg } from '../src/application/orchestration/process-org';
import { BaseEntries } from '../src/application/ports/base-entries.port';
import { Findings } from '../src/application/ports/findings.port';
import { RunChanges } from '../src/application/ports/run-changes.port';
import { SyncRuns } from '../src/application/ports/sync-runs.port';
import { SyncStates } from '../src/application/ports/sync-states.port';
import { WakeQueue } from '../src/application/ports/wake-queue.port';
import { FileStates } from '../src/application/queries/file-states';
import { ListConflicts } from '../src/application/queries/list-conflicts';
import { ListRunChanges } from '../src/application/queries/list-run-changes';
import { PlanSync } from '../src/application/queries/plan-sync';
import { ReadRemoteFile } from '../src/application/queries/read-remote-file';
import { ReadSyncStatus } from '../src/application/queries/sync-status';
import { SendReports } from '../src/application/report/send-reports';
import { DecideProposal } from '../src/application/requests/decide-proposal';
import { DismissConflict } from '../src/application/requests/dismiss-conflict';
import { ReleaseFile } from '../src/application/requests/release-file';
import { RequestRun } from '../src/application/requests/request-run';
import { RestoreConflict } from '../src/application/requests/restore-conflict';
import { ResolveRun } from '../src/application/requests/resolve-run';
import { ReconcileRemote } from '../src/application/pull/reconcile-remote';
import { WorkEntries } from '../src/application/work-branch/work-entries';
import { ReadWorkStatus } from '../src/application/work-branch/work-status';
import { RunsApi } from '../src/application/runs.api';
import { SyncEngineService } from '../src/application/sync-engine.service';
import { SyncEngineSettings } from '../src/application/sync-engine.settings';
import { ReactToChanges } from '../src/jobs/react-to-changes';
import { Sweeper } from '../src/jobs/sweeper';
import { SyncEngineModule } from '../src/sync-engine.module';
import { inMemoryAdapters } from './in-memory-adapters';

export interface InMemorySyncEngineParts {
  readonly tables: InMemoryTables;
  readonly transactions: Transactions;
  readonly projects: ProjectConfigService;
  readonly store: ContextStore;
  readonly files: ContextStoreService;
  readonly wakeQueue: WakeQueue;
  readonly events: EventBus;
  /** This worker's own clock. */
  readonly clock: Clock;
  /** Clock for all leases; defaults to `clock`. */
  readonly databaseClock?: Clock;
  readonly settings?: Partial<SyncEngineSettings>;
  readonly inspection?: InspectionService;
}

export type InMemorySyncEngine = Awaited<ReturnType<typeof inMemorySyncEngine>>;

/** Provides what other modules give to the engine. */
@Module({})
class OtherModules {}

class CurrentLogger extends Logger {
  static get(): LoggerService | undefined {
    return this.staticInstanceRef;
  }
}

/** Compiles the module, and keeps the logger of the test. Nest would replace it. */
function compiled(builder: TestingModuleBuilder): Promise<TestingModule> {
  const logger = CurrentLogger.get();
  const compiling = builder.compile();
  Logger.overrideLogger(logger ?? false);
  return compiling;
}

/** Builds one worker's engine by its Nest module, without a database; several may share the tables. Starts no job. */
export async function inMemorySyncEngine(parts: InMemorySyncEngineParts) {
  const { tables, transactions, clock, databaseClock = clock } = parts;
  const inspection = parts.inspection ?? inMemoryInspection(clock);
  const around = [
    { provide: Transactions, useValue: transactions },
    { provide: ProjectConfigService, useValue: parts.projects },
    { provide: ContextStore, useValue: parts.store },
    { provide: ContextStoreService, useValue: parts.files },
    { provide: InspectionService, useValue: inspection },
    { provide: InspectFiles, useValue: new InspectFiles(inspection) },
    { provide: EventBus, useValue: parts.events },
    { provide: Scheduler, useValue: new Scheduler(clock, false, () => undefined) },
    { provide: AuditTrail, useValue: new AuditTrail(new InMemoryAuditLog(tables), transactions, clock) },
    { provide: Clock, useValue: clock },
  ];
  const adapters = { imports: [], providers: inMemoryAdapters(tables, databaseClock, parts.wakeQueue) };
  const others = { module: OtherModules, providers: around, exports: around.map(({ provide }) => provide) };
  const builder = Test.createTestingModule({
    imports: [
      SyncEngineModule.forRoot({
        settings: { useValue: new SyncEngineSettings(parts.settings) },
        adapters,
        imports: [others],
      }),
    ],
  });
  const engine = await compiled(builder);
  return {
    service: engine.get(SyncEngineService),
    runsApi: engine.get(RunsApi),
    states: engine.get(SyncStates),
    base: engine.get(BaseEntries),
    workBase: engine.get(WorkEntries),
    runs: engine.get(SyncRuns),
    findings: engine.get(Findings),
    runChanges: engine.get(RunChanges),
    status: engine.get(ReadSyncStatus),
    remoteFile: engine.get(ReadRemoteFile),
    conflicts: engine.get(ListConflicts),
    dismiss: engine.get(DismissConflict),
    restore: engine.get(RestoreConflict),
    changes: engine.get(ListRunChanges),
    request: engine.get(RequestRun),
    answer: engine.get(ResolveRun),
    decide: engine.get(DecideProposal),
    plan: engine.get(PlanSync),
    release: engine.get(ReleaseFile),
    files: engine.get(FileStates),
    react: engine.get(ReactToChanges),
    catchUp: engine.get(RecoverMissedEvents),
    reconcile: engine.get(ReconcileRemote),
    workStatus: engine.get(ReadWorkStatus),
    sweeper: engine.get(Sweeper),
    sendReports: engine.get(SendReports),
    processOrg: engine.get(ProcessOrg),
  };
}
