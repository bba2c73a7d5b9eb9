import { Module, type DynamicModule, type ModuleMetadata, type Provider, type Type } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GITLAB_SYNC } from '@app/database';
import { InspectionService } from '@app/inspection';
import { EventBus, Transactions, type Provided } from '@app/kernel';
import { EventPublishingContextStore } from './application/event-publishing-context-store';
import { ContextStore } from './application/context-store.port';
import { ContextStoreService } from './application/context-store.service';
import { ContextStoreSettings } from './application/context-store.settings';
import { ContextApi } from './application/context.api';
import { EditFiles } from './application/edit-files';
import { InspectFiles } from './application/inspect-files';
import { ReadFiles } from './application/read-files';
import { RestoreFiles } from './application/restore-files';
import { contextStoreRows } from './infrastructure/context-store.rows';
import { TypeOrmContextStore } from './infrastructure/typeorm-context-store';

export interface ContextStoreModuleParts {
  readonly settings: Provided<ContextStoreSettings>;
  /**
   * Export `AuditTrail`, `Clock`, `ContextScope`, `Database`, `EventBus`, `InspectionService` and
   * `Transactions`.
   */
  readonly imports: ModuleMetadata['imports'];
  /** Provides the host's own store; PostgreSQL by default. */
  readonly store?: Exclude<Provider, Type>;
}

/** The store before its changes are published. */
const STORE = Symbol('store of context files');

@Module({})
export class ContextStoreModule {
  static forRoot({ settings, imports = [], store }: ContextStoreModuleParts): DynamicModule {
    return {
      module: ContextStoreModule,
      imports: store ? imports : [...imports, TypeOrmModule.forFeature(contextStoreRows, GITLAB_SYNC)],
      providers: [
        { ...settings, provide: ContextStoreSettings },
        { ...(store ?? { useClass: TypeOrmContextStore }), provide: STORE },
        {
          provide: ContextStore,
          useFactory: (...parts: ConstructorParameters<typeof EventPublishingContextStore>) =>
            new EventPublishingContextStore(...parts),
          inject: [STORE, Transactions, EventBus],
        },
        ReadFiles,
        EditFiles,
        {
          provide: InspectFiles,
          useFactory: (inspections: InspectionService) => new InspectFiles(inspections),
          inject: [InspectionService],
        },
        RestoreFiles,
        ContextStoreService,
        ContextApi,
      ],
      exports: [ContextApi, ContextStore, ContextStoreService, ContextStoreSettings, InspectFiles],
    };
  }
}
