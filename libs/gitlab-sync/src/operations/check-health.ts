import { setTimeout as after } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database, RowSecurity } from '@app/database';
import { RedisConnection } from '../redis-connection';

export type Answer = 'ok' | 'unreachable';
/** Row-level security, as found at the start: `locked` if PostgreSQL keeps the rows of organisations apart. */
export type Tenants = 'locked' | 'unlocked';

export interface Health {
  /** `degraded` without Redis: the process still takes requests, and work continues from the database with delays. */
  readonly status: 'ready' | 'degraded' | 'unready';
  readonly checks: { readonly database: Answer; readonly redis?: Answer; readonly tenants: Tenants };
}

const TIMEOUT_MS = 2_000;

/** Checks whether this process can do its work. */
@Injectable()
export class CheckHealth {
  constructor(
    private readonly database: Database,
    private readonly redis: RedisConnection,
    private readonly rowSecurity: RowSecurity,
  ) {}

  async execute(): Promise<Health> {
    const { client } = this.redis;
    const [database, redis] = await Promise.all([
      answer(this.database.acrossOrgs.query('SELECT 1')),
      client ? answer(client.ping()) : undefined,
    ]);
    const checks = { database, redis, tenants: this.rowSecurity.inForce ? 'locked' : 'unlocked' } as const;
    if (database !== 'ok') return { status: 'unready', checks };
    return { status: redis === 'unreachable' ? 'degraded' : 'ready', checks };
  }
}

async function answer(call: Promise<unknown>): Promise<Answer> {
  const late = new AbortController();
  const ok = call.then((): Answer => 'ok').catch((): Answer => 'unreachable');
  const tooLate = after(TIMEOUT_MS, 'unreachable' as const, { signal: late.signal }).catch(
    () => 'unreachable' as const,
  );
  return Promise.race([ok, tooLate]).finally(() => late.abort());
}
