import { InMemoryTables, InMemoryTransactions } from '@app/database/testing';
import { ManualClock } from '@app/kernel';
import {
  InMemoryBaseEntries,
  InMemoryFindings,
  InMemoryProposedEntries,
  InMemoryRunChanges,
  InMemorySyncRuns,
  InMemorySyncStates,
  syncEngineRows,
  TypeOrmBaseEntries,
  TypeOrmFindings,
  TypeOrmProposedEntries,
  TypeOrmRunChanges,
  TypeOrmSyncRuns,
  TypeOrmSyncStates,
} from '@app/sync-engine/testing';
import { openDatabase, type OpenDatabase } from '../support/database';
import { describeSyncStoresContract } from './sync-stores.contract';

describeSyncStoresContract('in memory', async () => {
  const tables = new InMemoryTables();
  const clock = new ManualClock(new Date('2020-01-01T00:00:00Z'));
  return {
    states: new InMemorySyncStates(tables, clock),
    base: new InMemoryBaseEntries(tables),
    proposed: new InMemoryProposedEntries(tables),
    runs: new InMemorySyncRuns(tables),
    runChanges: new InMemoryRunChanges(tables),
    findings: new InMemoryFindings(tables),
    transactions: new InMemoryTransactions(tables),
    expireLeases: async () => clock.advance(60_000),
  };
});

describe('on PostgreSQL', () => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await openDatabase(syncEngineRows);
  });
  afterAll(() => database.close());

  describeSyncStoresContract('TypeORM', async () => ({
    states: new TypeOrmSyncStates(database.db),
    base: new TypeOrmBaseEntries(database.db),
    proposed: new TypeOrmProposedEntries(database.db),
    runs: new TypeOrmSyncRuns(database.db),
    runChanges: new TypeOrmRunChanges(database.db),
    findings: new TypeOrmFindings(database.db),
    transactions: database.transactions,
    expireLeases: (org) =>
      database.db
        .forOrg(org)
        .query(`UPDATE sync_states SET lease_until = now() - interval '1 minute' WHERE org = $1`, [org]),
  }));
});
