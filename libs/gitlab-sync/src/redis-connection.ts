import type { OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';

/**
 * The Redis in which all processes count requests, theirs to each GitLab host and those they are sent; null where none is
 * configured. It fails at once while Redis is away, when each process counts for itself, and comes back by itself.
 */
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
