import type { OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { WakeQueueOptions } from './options';

/** Fails commands immediately while Redis is unavailable. */
const IMPATIENT = { enableOfflineQueue: false, maxRetriesPerRequest: 0, socketTimeout: 2_000 };

/**
 * Keeps one connection to Redis for limits that all processes share. `client` is null if no Redis is configured.
 * Commands fail immediately while Redis is unavailable, and it reconnects by itself.
 */
export class RedisConnection implements OnApplicationShutdown {
  private constructor(readonly client: Redis | null) {
    // Without a listener, an "error" event would end the process; the readiness probe reports the problem.
    client?.on('error', () => undefined);
  }

  /** Loads ioredis only if it is used. */
  static async open(redis: WakeQueueOptions | undefined): Promise<RedisConnection> {
    if (!redis) return new RedisConnection(null);
    if ('connection' in redis) return new RedisConnection(redis.connection.duplicate(IMPATIENT));
    const { Redis } = await import('ioredis');
    return new RedisConnection(new Redis(redis.url, IMPATIENT));
  }

  onApplicationShutdown(): void {
    this.client?.disconnect();
  }
}
