import { InMemoryTables, InMemoryTransactions } from '@app/database/testing';
import { ManualClock } from '@app/kernel';
import {
  InMemoryBacklogMetrics,
  InMemoryFindings,
  InMemorySyncRuns,
  InMemorySyncStates,
  syncEngineRows,
  TypeOrmBacklogMetrics,
  TypeOrmFindings,
  TypeOrmSyncRuns,
  TypeOrmSyncStates,
} from '@app/sync-engine/testing';
import { openDatabase, type OpenDatabase } from '../support/database';
import { describeBacklogsContract } from './backlog-metrics.contract';

describeBacklogsContract('in memory', async () => {
  const tables = new InMemoryTables();
  return {
    backlogs: new InMemoryBacklogMetrics(tables),
    states: new InMemorySyncStates(tables, new ManualClock()),
    runs: new InMemorySyncRuns(tables),
    findings: new InMemoryFindings(tables),
    transactions: new InMemoryTransactions(tables),
  };
});

describe('on PostgreSQL', () => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await openDatabase(syncEngineRows);
  });
  afterAll(() => database.close());

  describeBacklogsContract('TypeORM', async () => ({
    backlogs: new TypeOrmBacklogMetrics(database.db),
    states: new TypeOrmSyncStates(database.db),
    runs: new TypeOrmSyncRuns(database.db),
    findings: new TypeOrmFindings(database.db),
    transactions: database.transactions,
  }));
});
