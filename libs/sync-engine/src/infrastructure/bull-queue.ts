import type { Queue } from 'bull';
import type { Redis, RedisOptions } from 'ioredis';
import type { Database } from '@app/database';
import type { SyncEngineSettings } from '../application/sync-engine.settings';
import { WAKE_QUEUE, type WakeJob } from './bull-wake-queue';
import { queuePrefix } from './deployment';

/** The Redis that wakes orgs between processes. */
export type WakeQueueSettings = ({ readonly url: string } | { readonly connection: Redis }) & {
  /** Precedes the keys; made of the database's id by default. */
  readonly prefix?: string;
};

/**
 * Redis may be unavailable for minutes, also at start: connections wait for it instead of giving up. A silent one is
 * replaced; Bull itself waits for a job no longer than five seconds.
 */
const PATIENT = { maxRetriesPerRequest: null, socketTimeout: 15_000 };

/**
 * Opens the queue without a module of Nest, so that the host's own queues keep their configuration. Notices a dead
 * worker before its leases end; the leases decide which worker may act. Loads Bull only if it is used.
 */
export async function bullQueue(
  { prefix, ...redis }: WakeQueueSettings,
  { leaseMs }: SyncEngineSettings,
  db: Database,
): Promise<Queue<WakeJob>> {
  const options = {
    prefix: prefix ?? (await queuePrefix(db)),
    settings: {
      lockDuration: Math.ceil(leaseMs / 3),
      lockRenewTime: Math.ceil(leaseMs / 10),
      stalledInterval: Math.ceil(leaseMs / 6),
      maxStalledCount: 3,
    },
  };
  const { default: Bull } = await import('bull');
  if ('url' in redis) return new Bull(WAKE_QUEUE, redis.url, { ...options, redis: PATIENT });
  const createClient = (_: string, own?: RedisOptions) => redis.connection.duplicate({ ...own, ...PATIENT });
  return new Bull(WAKE_QUEUE, { ...options, createClient });
}
