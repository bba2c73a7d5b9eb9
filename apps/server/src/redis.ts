import type { OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';

/**
 * The Redis that counts requests for all processes; `client` is null if none is configured. Commands fail immediately
 * while it is unavailable. It reconnects by itself.
 */
export class RequestRedis implements OnApplicationShutdown {
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
