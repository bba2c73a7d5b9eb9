import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import type { Provided } from '@app/kernel';
import { ConflictsApi } from './application/conflicts.api';
import { FilesApi } from './application/files.api';
import { RunsApi } from './application/runs.api';
import { SyncEngineService } from './application/sync-engine.service';
import { SyncEngineSettings } from './application/sync-engine.settings';
import { syncUseCases } from './application/use-cases';
import type { Adapters } from './infrastructure/adapters';
import { PendingInSync } from './infrastructure/pending-in-sync';
import { ProposalsInSync } from './infrastructure/proposals-in-sync';
import { ReactToChanges } from './jobs/react-to-changes';
import { ReportResults } from './jobs/report-results';
import { Sweeper } from './jobs/sweeper';
import { SyncWorker } from './jobs/sync-worker';

export interface SyncEngineModuleParts {
  readonly settings: Provided<SyncEngineSettings>;
  /** Adapters of the ports. */
  readonly adapters: Adapters;
  /** True if this process does queued work; defaults to true. */
  readonly works?: boolean;
  /**
   * Export `AuditTrail`, `Clock`, `ContextStore`, `ContextStoreService`, `CredentialsService`, `Database`, `EventBus`,
   * `InspectFiles`, `InspectionService`, `ProjectConfigService`, `Scheduler` and `Transactions`.
   */
  readonly imports: ModuleMetadata['imports'];
}

@Module({})
export class SyncEngineModule {
  static forRoot({ settings, adapters, works = true, imports = [] }: SyncEngineModuleParts): DynamicModule {
    return {
      module: SyncEngineModule,
      imports: [...imports, ...adapters.imports],
      providers: [
        ...syncUseCases,
        ConflictsApi,
        FilesApi,
        RunsApi,
        SyncEngineService,
        PendingInSync,
        ProposalsInSync,
        ReactToChanges,
        ...(works ? [SyncWorker, Sweeper, ReportResults] : []),
        { ...settings, provide: SyncEngineSettings },
        ...adapters.providers,
      ],
      exports: [ConflictsApi, FilesApi, RunsApi, SyncEngineService],
    };
  }
}
