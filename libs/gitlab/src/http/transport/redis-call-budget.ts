import type { CallPriority } from '../../gitlab-connector.port';
import { CallBudget, FORGET_MS, rulesOf, type CallsPerMinute, type Payer } from './call-budget';

/** The part of an ioredis client that this file uses. */
export interface ScriptRunner {
  eval(script: string, keys: number, ...args: (string | number)[]): Promise<unknown>;
}

/**
 * Implements `InMemoryCallBudget.take` with Redis' own clock. Keys: the schedule, the org's share, and the sync's
 * schedule for a person's call.
 */
const TAKE = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local interval, depth, forget, syncInterval = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])

local function ahead(schedule)
  return math.max(0, (tonumber(redis.call('GET', schedule)) or 0) - now)
end
local function extend(schedule, by)
  local length = ahead(schedule) + by
  redis.call('SET', schedule, now + length, 'PX', math.ceil(length) + 1000)
end

local share = redis.call('HMGET', KEYS[2], 'calls', 'at')
local calls = 0
if share[1] then calls = share[1] * math.exp(math.min(0, share[2] - now) / forget) end
local own = calls * interval
local excess = ahead(KEYS[1]) + own - depth
if excess >= 0 then return math.ceil(excess / (1 + own / forget)) + 1 end

extend(KEYS[1], interval)
if KEYS[3] then extend(KEYS[3], syncInterval) end
redis.call('HSET', KEYS[2], 'calls', calls + 1, 'at', now)
redis.call('PEXPIRE', KEYS[2], forget * 10)
return 0
`;

/** Counts the calls of all processes. While Redis is unavailable, each process counts its own. */
export class RedisCallBudget extends CallBudget {
  constructor(
    private readonly callsPerMinute: CallsPerMinute,
    private readonly redis: ScriptRunner,
    private readonly ownCount: CallBudget,
  ) {
    super();
  }

  async take(host: string, payer: Payer): Promise<number> {
    try {
      return Number(await this.count(host, payer));
    } catch {
      return this.ownCount.take(host, payer);
    }
  }

  private count(host: string, { org, priority }: Payer): Promise<unknown> {
    const rules = rulesOf(this.callsPerMinute(host));
    const { intervalMs, depthMs } = rules[priority];
    const schedule = (of: CallPriority) => `gitlab-calls:{${host}}:${of}`;
    const keys = [schedule(priority), `${schedule(priority)}:${org}`];
    if (priority === 'interactive') keys.push(schedule('sync'));
    const rule = [intervalMs, depthMs, FORGET_MS, rules.sync.intervalMs];
    return this.redis.eval(TAKE, keys.length, ...keys, ...rule);
  }
}
