import { AsyncResource } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { InMemoryTables, InMemoryTransactions } from '@app/database/testing';
import { orgId } from '@app/kernel';
import {
  InMemoryDeliveries,
  InMemoryWebhookEndpoints,
  TypeOrmDeliveries,
  TypeOrmWebhookEndpoints,
  WebhookDeliveryRow,
  WebhookEndpoint,
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
  });
  afterAll(() => database.close());

  describeWebhookEndpointsContract('TypeOrmWebhookEndpoints', async () => ({
    transactions: database.transactions,
    endpoints: new TypeOrmWebhookEndpoints(database.db),
  }));
  it('gives a hook to only one of two concurrent transactions', async () => {
    const endpoints = new TypeOrmWebhookEndpoints(database.db);
    const now = new Date();
    for (const org of [orgId('first'), orgId('second')]) {
      const keys = { id: randomUUID(), sealed: 'sealed' };
      const hook = { hookId: 1, projectId: 1, connectionId: randomUUID(), keysId: keys.id, signs: true };
      const endpoint = WebhookEndpoint.create(org, randomUUID(), keys, now);
      await endpoints.save(endpoint.withHook({ ...hook, condition: 'working', checkedAt: new Date(0) }));
    }
    const take = () =>
      endpoints.takeDue({ before: new Date(1), withReplacedKeysBefore: new Date(1) }, now, 1);
    const takeElsewhere = AsyncResource.bind(take);
    const taken = await database.transactions.run(async () => [
      ...(await take()),
      ...(await takeElsewhere()),
    ]);
    expect(taken.sort()).toEqual(['first', 'second']);
  });

  describeDeliveriesContract('TypeOrmDeliveries', async () => ({
    transactions: database.transactions,
    deliveries: new TypeOrmDeliveries(database.db),
  }));
});
