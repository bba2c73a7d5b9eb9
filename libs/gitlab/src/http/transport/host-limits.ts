import { setTimeout as pause } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import PQueue from 'p-queue';
import {
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import { RateLimited } from '../../gitlab.errors';
import type { HostLimitSettings } from '../settings';
import { LONGEST_PAUSE_MS } from '../wait-policy';

/** What all orgs together ask of one host: so many requests a minute, so many at a time. */
export class HostLimits {
  private readonly budget: RateLimiterAbstract;
  private readonly queues: LRUCache<string, PQueue>;

  constructor({ requestsPerMinute = 1_500, concurrency = 16, redis }: HostLimitSettings = {}) {
    const budget = { points: requestsPerMinute, duration: 60, keyPrefix: 'gitlab-host' };
    const memory = new RateLimiterMemory(budget);
    this.budget = redis
      ? new RateLimiterRedis({
          ...budget,
          storeClient: redis,
          insuranceLimiter: memory,
          rejectIfRedisNotReady: true,
        })
      : memory;
    this.queues = new LRUCache({ max: 1_000, memoMethod: () => new PQueue({ concurrency }) });
  }

  /** Runs the task in its turn. @throws RateLimited where the turn is too far away */
  async run<T>(host: string, signal: AbortSignal | undefined, task: () => Promise<T>): Promise<T> {
    const turn = this.queues.memo(host).add(
      async () => {
        await this.spend(host, signal);
        return task();
      },
      { signal },
    );
    return signal ? untilAborted(turn, signal) : turn;
  }

  private async spend(host: string, signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      try {
        await this.budget.consume(host);
        return;
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        if (refusal.msBeforeNext > LONGEST_PAUSE_MS) throw new RateLimited(refusal.msBeforeNext);
        await pause(refusal.msBeforeNext, undefined, { signal });
      }
    }
  }
}

/** The queue lets go of an aborted task only when its turn comes. */
function untilAborted<T>(turn: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    turn.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
