import { ConnectionRow, InMemoryConnections, TypeOrmConnections } from '@app/credentials/testing';
import { InMemoryTables, InMemoryTransactions } from '@app/database/testing';
import { openDatabase, type OpenDatabase } from '../support/database';
import { describeConnectionsContract } from './connections.contract';

describeConnectionsContract('InMemoryConnections', async () => {
  const tables = new InMemoryTables();
  return { connections: new InMemoryConnections(tables), transactions: new InMemoryTransactions(tables) };
});

describe('on PostgreSQL', () => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await openDatabase([ConnectionRow]);
  });
  afterAll(() => database.close());

  describeConnectionsContract('TypeOrmConnections', async () => ({
    connections: new TypeOrmConnections(database.db),
    transactions: database.transactions,
  }));
});
