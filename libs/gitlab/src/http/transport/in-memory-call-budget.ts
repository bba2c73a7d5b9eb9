import { LRUCache } from 'lru-cache';
import type { Clock } from '@app/kernel';
import type { CallPriority } from '../../gitlab-connector.port';
import { CallBudget, FORGET_MS, rulesOf, type CallsPerMinute, type Payer } from './call-budget';

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
  private readonly schedules = new LRUCache<string, Schedules>({
    max: HOSTS,
    memoMethod: () => ({ sync: 0, interactive: 0 }),
  });
  private readonly shares = new LRUCache<string, Share>({ max: SHARES });

  constructor(
    private readonly callsPerMinute: CallsPerMinute,
    private readonly clock: Clock,
  ) {
    super();
  }

  async take(host: string, { org, priority }: Payer): Promise<number> {
    const now = this.clock.now().getTime();
    const rules = rulesOf(this.callsPerMinute(host));
    const { intervalMs, depthMs } = rules[priority];
    const schedules = this.schedules.memo(host);
    const share = `${host} ${priority} ${org}`;
    const calls = this.callsOf(share, now);
    const own = calls * intervalMs;
    const excess = schedules[priority] - now + own - depthMs;
    if (excess >= 0) return Math.ceil(excess / (1 + own / FORGET_MS)) + 1;

    schedules[priority] = Math.max(schedules[priority], now) + intervalMs;
    if (priority === 'interactive') schedules.sync = Math.max(schedules.sync, now) + rules.sync.intervalMs;
    this.shares.set(share, { calls: calls + 1, at: now });
    return 0;
  }

  private callsOf(share: string, now: number): number {
    const known = this.shares.get(share);
    return known ? known.calls * Math.exp(Math.min(0, known.at - now) / FORGET_MS) : 0;
  }
}
