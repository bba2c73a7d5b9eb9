import { InMemoryTables, InMemoryTransactions } from '@app/database/testing';
import {
  InMemoryDeliveries,
  InMemoryNotices,
  InMemoryStoredChannels,
  notificationsRows,
  PostgresDeliveries,
  PostgresNotices,
  PostgresStoredChannels,
} from '@app/notifications/testing';
import { openDatabase, type OpenDatabase } from '../support/database';
import { describeNotificationsContract } from './notifications.contract';

describeNotificationsContract('in memory', () => {
  const tables = new InMemoryTables();
  return {
    notices: new InMemoryNotices(tables),
    deliveries: new InMemoryDeliveries(tables),
    channels: new InMemoryStoredChannels(tables),
    transactions: new InMemoryTransactions(tables),
  };
});

describe('on PostgreSQL', () => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await openDatabase(notificationsRows);
  });
  afterAll(() => database.close());

  describeNotificationsContract('PostgreSQL', () => ({
    notices: new PostgresNotices(database.db),
    deliveries: new PostgresDeliveries(database.db),
    channels: new PostgresStoredChannels(database.db),
    transactions: database.transactions,
  }));
});
