import { SystemClock } from '@app/kernel';
import { InMemoryCatchUpQueue, TypeOrmCatchUpQueue } from '@app/sync-engine/testing';
import { openDatabase, type OpenDatabase } from '../support/database';
import { describeCatchUpQueueContract } from './catch-up-queue.contract';

const shared = new InMemoryCatchUpQueue();
describeCatchUpQueueContract('in memory', () => shared);

describe('on PostgreSQL', () => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await openDatabase([]);
  }, 60_000);
  afterAll(() => database.close());

  describeCatchUpQueueContract('TypeORM', () => new TypeOrmCatchUpQueue(database.db, new SystemClock()));
});
