import {
  contextStoreContract,
  contextStoreRows,
  InMemoryContextStore,
  TypeOrmContextStore,
} from '@app/context-store/testing';
import { InMemoryTables, InMemoryTransactions } from '@app/database/testing';
import { openDatabase, type OpenDatabase } from '../support/database';

describe('InMemoryContextStore', () => {
  contextStoreContract(() => {
    const tables = new InMemoryTables();
    return { store: new InMemoryContextStore(tables), transactions: new InMemoryTransactions(tables) };
  });
});

describe('TypeOrmContextStore, on PostgreSQL', () => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await openDatabase(contextStoreRows);
  });
  afterAll(() => database.close());

  contextStoreContract(() => ({
    store: new TypeOrmContextStore(database.db),
    transactions: database.transactions,
  }));
});
