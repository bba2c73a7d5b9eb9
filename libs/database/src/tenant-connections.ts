import { LRUCache } from 'lru-cache';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { DatabaseUnavailable, allSettledOrThrow, type OrgId } from '@app/kernel';
import {
  acquireConnection,
  runPrepared,
  sendTogether,
  type AcquiredConnection,
  type Connection,
  type Transaction,
} from './connection';
import type { OutageMonitor } from './outage-monitor';
import { ROLES } from './row-security/roles';
import { USABLE_ROLES } from './row-security/usable-roles';

/** The rows that a query may see: those of one org, of all orgs, or old ones. No org id contains a space. */
export type Tenant = OrgId | 'every org' | 'old rows';

/** The tables' policies bind the role of one org to `app.org`. */
const ENTER = `SELECT set_config('app.org', $1, false), set_config('role', $2, false)`;
/** Stands for the login itself, if it may take no role: then only the code keeps orgs apart. */
const NONE = 'none';
const MANAGERS = 1_000;
/** PostgreSQL also undoes settings made since the savepoint or the beginning. */
const TAKES_BACK = /^\s*(rollback|abort)\b/i;

/** The tenant and the connection of a query. */
interface Line {
  readonly tenant: Tenant;
  readonly connection: Connection;
  readonly transaction?: Transaction;
}

/** A connection shared by all queries of one tenant in one tick. */
interface Loan {
  readonly acquired: Promise<AcquiredConnection>;
  users: number;
  unavailable: boolean;
}

/**
 * Sets the tenant on the connection before each query: row-level security is the second lock, behind the `org` in
 * each query. It sends the setting only when a connection's tenant changes, without a round trip of its own.
 */
export class TenantConnections {
  private readonly currentTenant = new WeakMap<Connection, Tenant>();
  /** Queries that TypeORM has accepted on a connection but not yet sent: until then the tenant must stay. */
  private readonly byTypeOrm = new WeakMap<Connection, Promise<unknown>>();
  private readonly managers: LRUCache<Tenant, EntityManager>;
  private readonly loans = new Map<Tenant, Loan>();
  /** The roles that the login may take. Read once. */
  private roles: ReadonlySet<string> | null = null;

  constructor(
    private readonly source: DataSource,
    private readonly outage: OutageMonitor,
  ) {
    this.managers = new LRUCache({ max: MANAGERS, memoMethod: (tenant) => this.pooled(tenant) });
  }

  /** Returns a manager that takes a connection from the pool for the queries of one tick. */
  manager(tenant: Tenant): EntityManager {
    return this.managers.memo(tenant);
  }

  /** Returns a manager on the connection of an open transaction, in which TypeORM must not open another. */
  managerOn(transaction: Transaction, tenant: Tenant): EntityManager {
    const { connection } = transaction;
    const runner = this.source.createQueryRunner();
    Object.assign(runner, { databaseConnection: connection, isTransactionActive: true });
    const { manager } = this.locked(runner, tenant, transaction);
    return asking(manager, async (text, values) => {
      transaction.requireOpen();
      return this.send({ tenant, connection, transaction }, text, values);
    });
  }

  /** Forgets the connection's tenant, because a rollback also undoes its settings. */
  forget(connection: Connection): void {
    this.currentTenant.delete(connection);
  }

  private pooled(tenant: Tenant): EntityManager {
    const { source } = this;
    const locked: DataSource = Object.create(source, {
      createQueryRunner: {
        value: (mode?: 'master' | 'slave') => this.locked(source.createQueryRunner(mode), tenant),
      },
    });
    return asking(locked.createEntityManager(), (text, values) => this.askPool(tenant, text, values));
  }

  private async askPool(tenant: Tenant, text: string, values?: readonly unknown[]): Promise<unknown> {
    const loan = this.loans.get(tenant) ?? this.lend(tenant);
    loan.users++;
    const { connection, release } = await loan.acquired;
    try {
      return await this.send({ tenant, connection }, text, values);
    } catch (error) {
      loan.unavailable ||= error instanceof DatabaseUnavailable;
      throw error;
    } finally {
      if (--loan.users === 0) release(loan.unavailable);
    }
  }

  private lend(tenant: Tenant): Loan {
    const loan = { acquired: acquireConnection(this.source, this.outage), users: 0, unavailable: false };
    this.loans.set(tenant, loan);
    process.nextTick(() => this.loans.delete(tenant));
    return loan;
  }

  /** Runs the queries that TypeORM builds itself as this tenant, too. */
  private locked(runner: QueryRunner, tenant: Tenant, transaction?: Transaction): QueryRunner {
    const ask = runner.query.bind(runner);
    runner.query = async (...query: Parameters<QueryRunner['query']>): Promise<never> => {
      const connection: Connection = await runner.connect().catch(this.outage.rethrow);
      try {
        const line = { tenant, connection, transaction };
        return (await this.as(line, query[0], () => this.note(connection, ask(...query)))) as never;
      } catch (error) {
        const unavailable = error instanceof DatabaseUnavailable;
        // TypeORM drops a connection that emits an error
        if (unavailable && !runner.isReleased) connection.emit('error', error);
        throw error;
      }
    };
    return runner;
  }

  private send(line: Line, text: string, values?: readonly unknown[]): Promise<unknown> {
    return this.as(line, text, () => runPrepared(line.connection, text, values));
  }

  private async as<T>(line: Line, text: string, ask: () => Promise<T>): Promise<T> {
    const { tenant, connection, transaction } = line;
    try {
      const roles = (this.roles ??= await usableRoles(connection));
      while (this.currentTenant.get(connection) !== tenant && this.byTypeOrm.has(connection))
        await this.byTypeOrm.get(connection);
      transaction?.requireOpen();
      sendTogether(connection);
      const entered = this.currentTenant.get(connection) === tenant || this.enter(connection, tenant, roles);
      const asked = ask();
      if (TAKES_BACK.test(text)) this.currentTenant.delete(connection);
      if (entered === true) return await asked;
      const [, answer] = await allSettledOrThrow(entered, asked);
      return answer;
    } catch (error) {
      this.currentTenant.delete(connection); // it may have failed a transaction, even one that seems to commit
      if (error instanceof Error) Error.captureStackTrace(error); // shows the caller instead of sockets
      throw this.outage.translate(error);
    }
  }

  /** Remembers a query of TypeORM on this connection until it is answered. */
  private note<T>(connection: Connection, asked: Promise<T>): Promise<T> {
    const all = Promise.allSettled([asked, this.byTypeOrm.get(connection)]).then(() => {
      if (this.byTypeOrm.get(connection) === all) this.byTypeOrm.delete(connection);
    });
    this.byTypeOrm.set(connection, all);
    return asked;
  }

  /** Sends the setting before the query that follows, also on a connection without pipelining. */
  private async enter(connection: Connection, tenant: Tenant, roles: ReadonlySet<string>): Promise<void> {
    this.currentTenant.set(connection, tenant);
    const role = roleFor(tenant);
    await runPrepared(connection, ENTER, [role === ROLES.org ? tenant : '', roles.has(role) ? role : NONE]);
  }
}

function roleFor(tenant: Tenant): string {
  if (tenant === 'every org') return ROLES.acrossOrgs;
  return tenant === 'old rows' ? ROLES.retention : ROLES.org;
}

async function usableRoles(connection: Connection): Promise<ReadonlySet<string>> {
  const rows = (await runPrepared(connection, USABLE_ROLES)) as { rolname: string }[];
  return new Set(rows.map(({ rolname }) => rolname));
}

/** Replaces the manager's `query` by one that does not go through TypeORM. */
function asking(
  manager: EntityManager,
  query: (text: string, values?: readonly unknown[]) => Promise<unknown>,
): EntityManager {
  return Object.assign(manager, { query: query as EntityManager['query'] });
}
