import { LRUCache } from 'lru-cache';
import type { Clock } from '@app/kernel';
import type { CallPriority } from '../../gitlab-connector.port';
import { CallBudget, FORGET_MS, rulesOf, type BudgetRule, type Payer } from './call-budget';

/** Time up to which the calls of each priority are scheduled. */
type Schedules = Record<CallPriority, number>;

interface Share {
  readonly calls: number;
  readonly at: number;
}

const HOSTS = 1_000;
const SHARES = 20_000;

/** Counts the calls of one process. */
export class InMemoryCallBudget extends CallBudget {
  private readonly rules: Record<CallPriority, BudgetRule>;
  private readonly schedules = new LRUCache<string, Schedules>({
    max: HOSTS,
    memoMethod: () => ({ sync: 0, interactive: 0 }),
  });
  private readonly shares = new LRUCache<string, Share>({ max: SHARES });

  constructor(
    callsPerMinute: number,
    private readonly clock: Clock,
  ) {
    super();
    this.rules = rulesOf(callsPerMinute);
  }

  async take(host: string, { org, priority }: Payer): Promise<number> {
    const now = this.clock.now().getTime();
    const { intervalMs, depthMs } = this.rules[priority];
    const schedules = this.schedules.memo(host);
    const share = `${host} ${priority} ${org}`;
    const calls = this.callsOf(share, now);
    const own = calls * intervalMs;
    const excess = schedules[priority] - now + own - depthMs;
    if (excess >= 0) return Math.ceil(excess / (1 + own / FORGET_MS)) + 1;

    schedules[priority] = Math.max(schedules[priority], now) + intervalMs;
    if (priority === 'interactive')
      schedules.sync = Math.max(schedules.sync, now) + this.rules.sync.intervalMs;
    this.shares.set(share, { calls: calls + 1, at: now });
    return 0;
  }

  private callsOf(share: string, now: number): number {
    const known = this.shares.get(share);
    return known ? known.calls * Math.exp(Math.min(0, known.at - now) / FORGET_MS) : 0;
  }
}
