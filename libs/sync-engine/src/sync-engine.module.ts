import { Module, type DynamicModule } from '@nestjs/common';
import { SyncEngineService } from './application/sync-engine.service';
import { SyncEngineSettings } from './application/sync-engine.settings';
import { syncUseCases } from './application/use-cases';
import { RemoteFileController } from './http/remote-file.controller';
import { RunEvents } from './http/run-events';
import { SyncController } from './http/sync.controller';
import { postgresAdapters, type Adapters } from './infrastructure/adapters';
import { PendingInSync } from './infrastructure/pending-in-sync';
import { ReactToChanges } from './jobs/react-to-changes';
import { Sweeper } from './jobs/sweeper';
import { SyncWorker } from './jobs/sync-worker';

export interface SyncEngineModuleSettings extends Partial<SyncEngineSettings> {
  /** Redis that wakes orgs between processes; without it, only this process wakes them. */
  readonly redisUrl?: string;
  /** True if this process does queued work; defaults to true. */
  readonly works?: boolean;
  /** Adapters of the ports; those for PostgreSQL by default. */
  readonly adapters?: Adapters;
}

@Module({})
export class SyncEngineModule {
  static forRoot({
    redisUrl,
    works = true,
    adapters,
    ...more
  }: SyncEngineModuleSettings = {}): DynamicModule {
    const settings = new SyncEngineSettings(more);
    const { imports, providers } = adapters ?? postgresAdapters(settings, redisUrl);
    return {
      module: SyncEngineModule,
      global: true,
      imports,
      controllers: [SyncController, RemoteFileController],
      providers: [
        ...syncUseCases,
        SyncEngineService,
        RunEvents,
        PendingInSync,
        ReactToChanges,
        ...(works ? [SyncWorker, Sweeper] : []),
        { provide: SyncEngineSettings, useValue: settings },
        ...providers,
      ],
      exports: [SyncEngineService],
    };
  }
}
