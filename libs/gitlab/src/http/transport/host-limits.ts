import { LRUCache } from 'lru-cache';
import { SystemClock, type Clock } from '@app/kernel';
import type { HostLimitSettings } from '../settings';
import { defaultCallsPerMinute, type CallBudget, type Payer } from './call-budget';
import { CallQueue } from './call-queue';
import { FairSlots } from './fair-slots';
import { InMemoryCallBudget } from './in-memory-call-budget';
import { RedisCallBudget } from './redis-call-budget';

const HOSTS = 2_000;

/** Shares the budget and slots of one host fairly among orgs, and separates people's calls from the syncs'. */
export class HostLimits {
  private readonly budget: CallBudget;
  private readonly lines = new Map<string, CallQueue>();
  private readonly slots: LRUCache<string, FairSlots>;

  constructor(
    { requestsPerMinute, concurrency = 16, redis }: HostLimitSettings = {},
    private readonly clock: Clock = new SystemClock(),
  ) {
    const perMinute = requestsPerMinute === undefined ? defaultCallsPerMinute : () => requestsPerMinute;
    const ownCount = new InMemoryCallBudget(perMinute, clock);
    this.budget = redis ? new RedisCallBudget(perMinute, redis, ownCount) : ownCount;
    this.slots = new LRUCache({ max: HOSTS, memoMethod: () => new FairSlots(concurrency) });
  }

  /** Runs the task in its turn. @throws RateLimited if the turn is too late, or the signal's reason */
  async run<T>(
    host: string,
    payer: Payer,
    signal: AbortSignal | undefined,
    task: () => Promise<T>,
  ): Promise<T> {
    await this.lineOf(host, payer).pass(signal);
    return this.slots.memo(`${payer.priority} ${host}`).run(payer.org, signal, task);
  }

  private lineOf(host: string, payer: Payer): CallQueue {
    const key = `${host} ${payer.priority} ${payer.org}`;
    const known = this.lines.get(key);
    if (known) return known;
    const line = new CallQueue(
      () => this.budget.take(host, payer),
      this.clock,
      () => this.lines.delete(key),
    );
    this.lines.set(key, line);
    return line;
  }
}
