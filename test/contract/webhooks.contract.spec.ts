import { InMemoryTables, InMemoryTransactions } from '@app/database/testing';
import {
  InMemoryDeliveries,
  InMemoryWebhookEndpoints,
  TypeOrmDeliveries,
  TypeOrmWebhookEndpoints,
  WebhookDeliveryRow,
  WebhookEndpointRow,
} from '@app/webhooks/testing';
import { openDatabase, type OpenDatabase } from '../support/database';
import { describeDeliveriesContract, describeWebhookEndpointsContract } from './webhooks.contract';

const inMemory = () => {
  const tables = new InMemoryTables();
  const transactions = new InMemoryTransactions(tables);
  return {
    transactions,
    endpoints: new InMemoryWebhookEndpoints(tables),
    deliveries: new InMemoryDeliveries(tables),
  };
};

describeWebhookEndpointsContract('InMemoryWebhookEndpoints', async () => inMemory());
describeDeliveriesContract('InMemoryDeliveries', async () => inMemory());

describe('on PostgreSQL', () => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await openDatabase([WebhookEndpointRow, WebhookDeliveryRow]);
  }, 60_000);
  afterAll(() => database.close());

  describeWebhookEndpointsContract('TypeOrmWebhookEndpoints', async () => ({
    transactions: database.transactions,
    endpoints: new TypeOrmWebhookEndpoints(database.db),
  }));
  describeDeliveriesContract('TypeOrmDeliveries', async () => ({
    transactions: database.transactions,
    deliveries: new TypeOrmDeliveries(database.db),
  }));
});
