import { InMemoryTables } from '@app/database/testing';
import { InMemoryCommitReports, syncEngineRows, TypeOrmCommitReports } from '@app/sync-engine/testing';
import { openDatabase, type OpenDatabase } from '../support/database';
import { describeCommitReportsContract } from './commit-reports.contract';

describeCommitReportsContract('in memory', async () => new InMemoryCommitReports(new InMemoryTables()));

describe('on PostgreSQL', () => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await openDatabase(syncEngineRows);
  });
  afterAll(() => database.close());

  describeCommitReportsContract('TypeORM', async () => new TypeOrmCommitReports(database.db));
});
