import type { OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';

/**
 * The Redis connection for rate limits that all processes share: to each GitLab host, and of incoming requests.
 * `client` is null if no Redis is configured. Commands fail immediately while Redis is unavailable; each process then
 * counts for itself. It reconnects by itself.
 */
export class RedisConnection implements OnApplicationShutdown {
  readonly client: Redis | null;

  constructor(url: string | undefined) {
    const options = { enableOfflineQueue: false, maxRetriesPerRequest: 0, socketTimeout: 2_000 };
    this.client = url ? new Redis(url, options) : null;
    // Without a listener, an "error" event would end the process; the readiness probe reports the problem.
    this.client?.on('error', () => undefined);
  }

  onApplicationShutdown(): void {
    this.client?.disconnect();
  }
}
