import { Injectable } from '@nestjs/common';
import pTimeout from 'p-timeout';
import { Database, RowSecurity } from '@app/database';
import { RedisConnection } from '../redis-connection';

/** The outcome of one check. */
export type Answer = 'ok' | 'unreachable';
/** Row-level security, as found at the start: `locked` if PostgreSQL keeps the rows of organisations apart. */
export type Tenants = 'locked' | 'unlocked';

/** Says whether this process can serve. */
export interface Health {
  /** `degraded` without Redis: the process still takes requests, and work continues from the database with delays. */
  readonly status: 'ready' | 'degraded' | 'unready';
  readonly checks: {
    readonly database: Answer;
    readonly redis?: Answer;
    readonly tenants: Tenants;
    readonly process?: 'stopping';
  };
}

const TIMEOUT_MS = 2_000;
const STOPPING = { process: 'stopping' } as const;

/** Checks whether this process can do its work. */
@Injectable()
export class CheckHealth {
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly redis: RedisConnection,
    private readonly rowSecurity: RowSecurity,
  ) {}

  /** Turns readiness false, for the rest of this process, so that load balancers send new requests to others. */
  stop(): void {
    this.stopping = true;
  }

  async execute(): Promise<Health> {
    const { client } = this.redis;
    const [database, redis] = await Promise.all([
      answer(this.database.acrossOrgs.query('SELECT 1')),
      client ? answer(client.ping()) : undefined,
    ]);
    const tenants = this.rowSecurity.inForce ? 'locked' : 'unlocked';
    const checks = { database, redis, tenants, ...(this.stopping && STOPPING) } as const;
    if (database !== 'ok' || this.stopping) return { status: 'unready', checks };
    return { status: redis === 'unreachable' ? 'degraded' : 'ready', checks };
  }
}

function answer(call: Promise<unknown>): Promise<Answer> {
  const inTime = pTimeout(call, { milliseconds: TIMEOUT_MS });
  return inTime.then(
    () => 'ok',
    () => 'unreachable',
  );
}
