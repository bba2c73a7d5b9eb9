import {
  Module,
  RequestMethod,
  type DynamicModule,
  type MiddlewareConsumer,
  type NestModule,
  type Type,
} from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GITLAB_SYNC } from '@app/database';
import { EventBus, Transactions } from '@app/kernel';
import { EventPublishingContextStore } from './application/event-publishing-context-store';
import { ContextStore } from './application/context-store.port';
import { ContextStoreService } from './application/context-store.service';
import { ContextStoreSettings } from './application/context-store.settings';
import { EditFiles } from './application/edit-files';
import { InspectFiles } from './application/inspect-files';
import { ReadFiles } from './application/read-files';
import { RestoreFiles } from './application/restore-files';
import { ChangesBodyParser } from './http/changes-body.middleware';
import { ContextChangesController } from './http/context-changes.controller';
import { ContextFilesController } from './http/context-files.controller';
import { ContextHistoryController } from './http/context-history.controller';
import { FileBody } from './http/file-body.middleware';
import { contextStoreRows } from './infrastructure/context-store.rows';
import { TypeOrmContextStore } from './infrastructure/typeorm-context-store';

export interface ContextStoreModuleSettings extends Partial<ContextStoreSettings> {
  /** The host's own store; PostgreSQL by default. */
  readonly store?: Type<ContextStore>;
}

const controllers = [ContextFilesController, ContextChangesController, ContextHistoryController];

@Module({})
export class ContextStoreModule implements NestModule {
  /** Needs `ContextScope`, `Clock`, `EventBus`, `Transactions` and `InspectionService` from the host. */
  static forRoot({ store = TypeOrmContextStore, ...settings }: ContextStoreModuleSettings): DynamicModule {
    return {
      module: ContextStoreModule,
      global: true,
      imports: store === TypeOrmContextStore ? [TypeOrmModule.forFeature(contextStoreRows, GITLAB_SYNC)] : [],
      controllers,
      providers: [
        store,
        { provide: ContextStoreSettings, useValue: new ContextStoreSettings(settings) },
        {
          provide: ContextStore,
          useFactory: (...parts: ConstructorParameters<typeof EventPublishingContextStore>) =>
            new EventPublishingContextStore(...parts),
          inject: [store, Transactions, EventBus],
        },
        ReadFiles,
        EditFiles,
        InspectFiles,
        RestoreFiles,
        ContextStoreService,
      ],
      exports: [ContextStore, ContextStoreService, InspectFiles],
    };
  }

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(FileBody).forRoutes(ContextFilesController);
    consumer
      .apply(ChangesBodyParser)
      .forRoutes({ path: 'orgs/:org/context/changes', method: RequestMethod.POST });
  }
}
