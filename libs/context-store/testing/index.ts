import type { InMemoryTables } from '@app/database/testing';
import { inMemoryInspection } from '@app/inspection/testing';
import type { Clock, EventBus, Transactions } from '@app/kernel';
import { EventPublishingContextStore } from '../src/application/event-publishing-context-store';
import type { ContextScope } from '../src/application/context-scope.port';
import type { ContextStore } from '../src/application/context-store.port';
import { ContextStoreService } from '../src/application/context-store.service';
import { ContextStoreSettings } from '../src/application/context-store.settings';
import { EditFiles } from '../src/application/edit-files';
import { InspectFiles } from '../src/application/inspect-files';
import { ReadFiles } from '../src/application/read-files';
import { RestoreFiles } from '../src/application/restore-files';
import { InMemoryContextStore } from './in-memory-context-store';

export { contextStoreRows } from '../src/infrastructure/context-store.rows';
export { contextStoreContract } from './context-store.contract';
export type { ContextStoreSubject } from './context-store.contract';
export { InMemoryContextStore } from './in-memory-context-store';
export { InspectFiles } from '../src/application/inspect-files';
export { problemWithPath } from '../src/domain/path-rules';
export { TypeOrmContextStore } from '../src/infrastructure/typeorm-context-store';

export interface InMemoryContextFilesParts {
  readonly tables: InMemoryTables;
  readonly transactions: Transactions;
  readonly scope: ContextScope;
  readonly events: EventBus;
  readonly clock: Clock;
  readonly settings?: Partial<ContextStoreSettings>;
}

/** Builds the module without Nest and without a database: the store, which publishes its changes, and its facade. */
export function inMemoryContextFiles(parts: InMemoryContextFilesParts): {
  readonly store: ContextStore;
  readonly files: ContextStoreService;
} {
  const { tables, transactions, scope, events, clock } = parts;
  const settings = new ContextStoreSettings(parts.settings);
  const store = new EventPublishingContextStore(new InMemoryContextStore(tables), transactions, events);
  const inspect = new InspectFiles(inMemoryInspection());
  const edits = new EditFiles(store, scope, clock, settings, transactions, inspect);
  const files = new ContextStoreService(
    store,
    new ReadFiles(store, settings),
    edits,
    new RestoreFiles(store, edits),
    settings,
  );
  return { store, files };
}
