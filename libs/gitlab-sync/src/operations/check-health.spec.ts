import { RowSecurity, type Database } from '@app/database';
import { RedisConnection } from '../redis-connection';
import { CheckHealth } from './check-health';

const databaseThat = (query: () => Promise<unknown>) => ({ acrossOrgs: { query } }) as unknown as Database;
const answering = databaseThat(() => Promise.resolve([]));
const failing = databaseThat(() => Promise.reject(new Error('connection refused')));
const hanging = databaseThat(() => new Promise(() => undefined));
const UNREACHABLE_REDIS = 'redis://127.0.0.1:9';

describe('readiness', () => {
  it.each([
    ['the database answers', answering, undefined, 'ready', { database: 'ok' }],
    ['the database fails', failing, undefined, 'unready', { database: 'unreachable' }],
    ['the database says nothing', hanging, undefined, 'unready', { database: 'unreachable' }],
    [
      'only Redis is unavailable',
      answering,
      UNREACHABLE_REDIS,
      'degraded',
      { database: 'ok', redis: 'unreachable' },
    ],
    [
      'both are unavailable',
      failing,
      UNREACHABLE_REDIS,
      'unready',
      { database: 'unreachable', redis: 'unreachable' },
    ],
  ])('if %s', async (_, database, redisUrl, status, checks) => {
    const redis = await RedisConnection.open(redisUrl === undefined ? undefined : { url: redisUrl });
    for (const [inForce, tenants] of [[true, 'locked'] as const, [false, 'unlocked'] as const]) {
      const readiness = new CheckHealth(database, redis, new RowSecurity(inForce));
      expect(await readiness.execute()).toEqual({ status, checks: { ...checks, tenants } });
    }
    redis.onApplicationShutdown();
  });

  it('is false once the process stops', async () => {
    const redis = await RedisConnection.open(undefined);
    const readiness = new CheckHealth(answering, redis, new RowSecurity(true));
    readiness.stop();
    const checks = { database: 'ok', tenants: 'locked', process: 'stopping' };
    expect(await readiness.execute()).toEqual({ status: 'unready', checks });
  });
});
