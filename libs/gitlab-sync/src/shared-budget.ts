import type { OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';

/** The Redis in which all processes count their requests to each GitLab host. While it is away, each counts for itself. */
export class SharedBudget implements OnApplicationShutdown {
  readonly client: Redis;

  constructor(url: string) {
    this.client = new Redis(url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      socketTimeout: 2_000,
    });
    // Unheard, an "error" would end the process; the readiness probe tells what is wrong.
    this.client.on('error', () => undefined);
  }

  onApplicationShutdown(): void {
    this.client.disconnect();
  }
}
