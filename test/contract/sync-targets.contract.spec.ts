import { InMemoryTables, InMemoryTransactions } from '@app/database/testing';
import { InMemorySyncTargets, SyncTargetRow, TypeOrmSyncTargets } from '@app/project-config/testing';
import { openDatabase, type OpenDatabase } from '../support/database';
import { describeSyncTargetsContract } from './sync-targets.contract';

describeSyncTargetsContract('InMemorySyncTargets', async () => {
  const tables = new InMemoryTables();
  return { targets: new InMemorySyncTargets(tables), transactions: new InMemoryTransactions(tables) };
});

describe('on PostgreSQL', () => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await openDatabase([SyncTargetRow]);
  });
  afterAll(() => database.close());

  describeSyncTargetsContract('TypeOrmSyncTargets', async () => ({
    targets: new TypeOrmSyncTargets(database.db),
    transactions: database.transactions,
  }));
});
