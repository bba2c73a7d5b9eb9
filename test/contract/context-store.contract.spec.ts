import { contextStoreRows, InMemoryContextStore, TypeOrmContextStore } from '@app/context-store/testing';
import { InMemoryTables, InMemoryTransactions } from '@app/database/testing';
import { openDatabase, type OpenDatabase } from '../support/database';
import { describeContextStoreContract } from './context-store.contract';

describeContextStoreContract('InMemoryContextStore', async () => {
  const tables = new InMemoryTables();
  return { store: new InMemoryContextStore(tables), transactions: new InMemoryTransactions(tables) };
});

describe('on PostgreSQL', () => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await openDatabase(contextStoreRows);
  });
  afterAll(() => database.close());

  describeContextStoreContract('TypeOrmContextStore', async () => ({
    store: new TypeOrmContextStore(database.db),
    transactions: database.transactions,
  }));
});
