import { SystemClock } from '@app/kernel';
import { InMemorySingleRunner, PostgresSingleRunner } from '@app/sync-engine/testing';
import { openDatabase, type OpenDatabase } from '../support/database';
import { describeCatchUpQueueContract } from './single-runner.contract';

const shared = new InMemorySingleRunner();
describeCatchUpQueueContract('in memory', () => shared);

describe('on PostgreSQL', () => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await openDatabase([]);
  });
  afterAll(() => database.close());

  describeCatchUpQueueContract('TypeORM', () => new PostgresSingleRunner(database.db, new SystemClock()));
});
