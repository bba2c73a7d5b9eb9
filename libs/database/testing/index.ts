export { InMemoryTables } from './in-memory-tables';
export type { InMemoryTable } from './in-memory-tables';
export { InMemoryTransactions } from './in-memory-transactions';
export { SqlTransactions } from '../src/sql-transactions';
