export { contextStoreRows } from './infrastructure/context-store.rows';
export { InMemoryContextStore } from './infrastructure/in-memory-context-store';
export { TypeOrmContextStore } from './infrastructure/typeorm-context-store';
