import { Pool, type ClientBase, type ClientConfig } from 'pg';
import { DatabaseUnavailable } from '@app/kernel';
import { breakIfSilent, send, type Connection } from './connection';
import { OutageMonitor } from './outage-monitor';

/** Limits for the connections to PostgreSQL. */
export interface PgSettings {
  /** The login of the service. */
  readonly login: ClientConfig;
  /** The schema of the tables, a name that needs no quotes. */
  readonly schema: string;
  /** Connections of this process; 10 by default. */
  readonly poolSize?: number;
  /**
   * Longest time of a statement in milliseconds; 30,000 by default. A connection that is silent for longer is closed.
   */
  readonly patienceMs?: number;
  /** The class of connections; that of `pg` by default. */
  readonly client?: new () => ClientBase;
}

export interface AcquiredConnection {
  readonly connection: Connection;
  /**
   * Returns the connection to the pool, or closes it if PostgreSQL is unavailable on it: the next may reach a new
   * server.
   */
  release(unavailable: boolean): void;
}

/** A connection shared by all queries of one borrower in one tick. */
interface Loan {
  readonly acquired: Promise<AcquiredConnection>;
  users: number;
  unavailable: boolean;
}

/**
 * PostgreSQL itself ends a slow statement. A connection silent beyond that limit means that PostgreSQL is
 * unavailable.
 */
const SILENCE_MARGIN = 1.2;
const PROBE_AFTER_MS = 30_000;

/** Opens, lends and closes the connections of this process. A lost connection fails only its own queries. */
export class ConnectionPool {
  readonly outage: OutageMonitor;
  private readonly pool: Pool;
  private readonly loans = new Map<string, Loan>();

  constructor({ login, schema, poolSize = 10, patienceMs = 30_000, client }: PgSettings) {
    this.pool = new Pool({
      ...login,
      Client: client,
      max: poolSize,
      application_name: 'dot-gitlab-sync',
      pipeline: true,
      idleTimeoutMillis: 600_000,
      connectionTimeoutMillis: 5_000,
      statement_timeout: patienceMs,
      idle_in_transaction_session_timeout: patienceMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: PROBE_AFTER_MS,
    });
    this.pool.on('error', () => undefined); // the pool itself drops a connection that fails while idle
    this.pool.on('connect', (client) => {
      client.on('error', () => undefined); // the open queries fail by themselves
      const connection = client as unknown as Connection;
      breakIfSilent(connection, patienceMs * SILENCE_MARGIN);
      // A URL may have options of its own, and poolers pass on none. The next query reports a lost connection.
      send(connection, `SET search_path = ${schema}`).catch(() => undefined);
    });
    this.outage = new OutageMonitor(this.pool);
  }

  /**
   * Takes a connection out of the pool; the caller releases it.
   * @throws DatabaseUnavailable
   */
  async acquire(): Promise<AcquiredConnection> {
    const client = await this.pool.connect().catch(this.outage.rethrow);
    const release = (unavailable: boolean) => client.release(unavailable);
    return { connection: client as unknown as Connection, release };
  }

  /** Lends one connection to everything that a borrower begins in one tick. */
  async lend<T>(borrower: string, work: (connection: Connection) => Promise<T>): Promise<T> {
    const loan = this.loans.get(borrower) ?? this.open(borrower);
    loan.users++;
    const { connection, release } = await loan.acquired;
    try {
      return await work(connection);
    } catch (error) {
      loan.unavailable ||= error instanceof DatabaseUnavailable;
      throw error;
    } finally {
      if (--loan.users === 0) release(loan.unavailable);
    }
  }

  /** Closes each connection once it is released. */
  async close(): Promise<void> {
    if (!this.pool.ending) await this.pool.end();
  }

  private open(borrower: string): Loan {
    const loan = { acquired: this.acquire(), users: 0, unavailable: false };
    this.loans.set(borrower, loan);
    process.nextTick(() => this.loans.delete(borrower));
    return loan;
  }
}
