import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { orgId, RedisConnection, type Caller } from '@app/gitlab-sync';
import { RateLimit } from './rate-limit';

const caller = (org: string): Caller => ({
  subject: 'u1',
  role: 'member',
  org: orgId(org),
  author: { name: 'Ada', email: 'ada@example.com' },
  address: '10.0.0.1',
});

describe('the rate limit', () => {
  it('refuses what exceeds it and says when to come back', async () => {
    const limit = new RateLimit(2, null);
    await limit.count(caller('acme'), '10.0.0.1');
    await limit.count(caller('acme'), '10.0.0.1');
    const refusal = await limit.count(caller('acme'), '10.0.0.1').catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'too_many_requests' });
    expect((refusal as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(0);
  });

  it('counts orgs, addresses and strangers apart', async () => {
    const limit = new RateLimit(1, null);
    await limit.count(caller('acme'), '10.0.0.1');
    await limit.count(caller('other'), '10.0.0.1');
    await limit.count(caller('acme'), '10.0.0.2');
    await limit.count(undefined, '10.0.0.1');
    await expect(limit.count(undefined, '10.0.0.1')).rejects.toMatchObject({ code: 'too_many_requests' });
  });

  it('is off at 0', async () => {
    const limit = new RateLimit(0, null);
    for (let i = 0; i < 100; i++) await limit.count(undefined, '10.0.0.1');
  });

  it('goes on in this process while Redis is unavailable', async () => {
    const unreachable = await RedisConnection.open({ url: 'redis://127.0.0.1:9' });
    const limit = new RateLimit(1, unreachable.client);
    await limit.count(caller('acme'), '10.0.0.1');
    await expect(limit.count(caller('acme'), '10.0.0.1')).rejects.toMatchObject({
      code: 'too_many_requests',
    });
    unreachable.onApplicationShutdown();
  });
});

const whereRedisAnswers = process.env.TEST_REDIS_URL ? describe : describe.skip;

whereRedisAnswers('the rate limit of several processes', () => {
  it('is one limit', async () => {
    const redis = { url: process.env.TEST_REDIS_URL! };
    const connections = [await RedisConnection.open(redis), await RedisConnection.open(redis)];
    await Promise.all(connections.map(({ client }) => once(client!, 'ready')));
    const [first, second] = connections.map(({ client }) => new RateLimit(1, client));
    const org = `org-${randomUUID()}`;
    await first.count(caller(org), '10.0.0.1');
    await expect(second.count(caller(org), '10.0.0.1')).rejects.toMatchObject({ code: 'too_many_requests' });
    for (const connection of connections) connection.onApplicationShutdown();
  });
});
