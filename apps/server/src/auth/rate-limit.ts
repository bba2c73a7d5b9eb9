import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { DomainError, type Caller } from '@app/gitlab-sync';

/**
 * Limits the requests per minute of each org and address. With Redis all processes share the counters; while Redis is
 * unavailable each process counts for itself.
 */
export class RateLimit {
  private readonly limiter: RateLimiterMemory | RateLimiterRedis | null;

  constructor(perMinute: number, redis: Redis | null) {
    this.limiter = perMinute === 0 ? null : limiterOf(perMinute, redis);
  }

  /** @throws TooManyRequests */
  async count(caller: Caller | undefined, address: string): Promise<void> {
    await this.limiter?.consume(`${caller?.org ?? '-'}|${address}`).catch((refusal: unknown) => {
      throw refusal instanceof RateLimiterRes ? new TooManyRequests(refusal.msBeforeNext) : refusal;
    });
  }
}

function limiterOf(points: number, redis: Redis | null): RateLimiterMemory | RateLimiterRedis {
  const memory = new RateLimiterMemory({ points, duration: 60 });
  if (!redis) return memory;
  return new RateLimiterRedis({
    storeClient: redis,
    keyPrefix: 'requests',
    points,
    duration: 60,
    insuranceLimiter: memory,
  });
}

export class TooManyRequests extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'too_many_requests';
  constructor(retryAfterMs: number) {
    super(`Too many requests. Send the next one in ${Math.ceil(retryAfterMs / 1000)} s.`, { retryAfterMs });
  }
}
