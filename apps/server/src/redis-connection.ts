import type { OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';

/** The host's own connection to Redis, where one is configured. It fails at once while Redis is away, and comes back by itself. */
export class RedisConnection implements OnApplicationShutdown {
  readonly client: Redis | null;

  constructor(url: string | undefined) {
    const options = { enableOfflineQueue: false, maxRetriesPerRequest: 0, socketTimeout: 2_000 };
    this.client = url ? new Redis(url, options) : null;
    // Unheard, an "error" would end the process; what is wrong is told by the readiness probe.
    this.client?.on('error', () => undefined);
  }

  onApplicationShutdown(): void {
    this.client?.disconnect();
  }
}
