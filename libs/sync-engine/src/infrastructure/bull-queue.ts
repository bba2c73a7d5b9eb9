import type { LazyModuleLoader } from '@nestjs/core';
import type { Queue, QueueOptions } from 'bull';
import type { Redis, RedisOptions } from 'ioredis';
import { GITLAB_SYNC, type Database } from '@app/database';
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
 * Opens the queue by a configuration of our own name, so that the host's queues keep theirs. Notices a dead worker before
 * its leases end; the leases decide which worker may act. Loads Bull only if it is used.
 */
export async function bullQueue(
  modules: LazyModuleLoader,
  { prefix, ...redis }: WakeQueueSettings,
  { leaseMs }: SyncEngineSettings,
  db: Database,
): Promise<Queue<WakeJob>> {
  const options: QueueOptions = {
    prefix: prefix ?? (await queuePrefix(db)),
    settings: {
      lockDuration: Math.ceil(leaseMs / 3),
      lockRenewTime: Math.ceil(leaseMs / 10),
      stalledInterval: Math.ceil(leaseMs / 6),
      maxStalledCount: 3,
    },
  };
  const { BullModule, getQueueToken } = await import('@nestjs/bull');
  const configuration = BullModule.forRoot(GITLAB_SYNC, { ...options, ...connectionOf(redis) });
  const queue = BullModule.registerQueueAsync({
    ...{ name: WAKE_QUEUE, configKey: GITLAB_SYNC, imports: [configuration] },
    useFactory: () => ({ name: WAKE_QUEUE }),
  });
  return (await modules.load(() => queue)).get<Queue<WakeJob>>(getQueueToken(WAKE_QUEUE));
}

function connectionOf(redis: { readonly url: string } | { readonly connection: Redis }) {
  if ('url' in redis) return { url: redis.url, redis: PATIENT };
  return {
    createClient: (_: string, own?: RedisOptions) => redis.connection.duplicate({ ...own, ...PATIENT }),
  };
}
