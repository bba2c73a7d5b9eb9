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

/** Whose rows a query may see: one org's; those of all, for the few queries that cross orgs; or old ones. No org id has a space. */
export type Tenant = OrgId | 'every org' | 'old rows';

/** The policies of the tables bind the role of one org to `app.org`. */
const ENTER = `SELECT set_config('app.org', $1, false), set_config('role', $2, false)`;
/** The login itself, if it may take no role: then only the code keeps orgs apart. */
const NONE = 'none';
const MANAGERS = 1_000;
/** PostgreSQL takes settings back with all that was done since the savepoint, or the beginning. */
const TAKES_BACK = /^\s*(rollback|abort)\b/i;

/** For whom a query is made, and the way it takes. */
interface Line {
  readonly tenant: Tenant;
  readonly connection: Connection;
  readonly transaction?: Transaction;
}

/** A connection that is lent to the queries of one tenant in one tick. */
interface Loan {
  readonly borrowed: Promise<AcquiredConnection>;
  users: number;
  away: boolean;
}

/**
 * Tells PostgreSQL, before each query, whose rows it may see: row-level security is the second lock, behind the `org` that each
 * query names itself. A connection remembers whose it is, so that it is told only when that changes, and on the way, without a
 * round trip of its own.
 */
export class TenantConnections {
  private readonly currentTenant = new WeakMap<Connection, Tenant>();
  /** What TypeORM was asked for on a connection: it sends that a moment later, and then it must still be this tenant's. */
  private readonly byTypeOrm = new WeakMap<Connection, Promise<unknown>>();
  private readonly managers: LRUCache<Tenant, EntityManager>;
  private readonly loans = new Map<Tenant, Loan>();
  /** The roles that the login may take. Asked for once. */
  private roles: ReadonlySet<string> | null = null;

  constructor(
    private readonly source: DataSource,
    private readonly outage: OutageMonitor,
  ) {
    this.managers = new LRUCache({ max: MANAGERS, memoMethod: (tenant) => this.pooled(tenant) });
  }

  /** Takes a connection of the pool for the queries of one tick. */
  manager(tenant: Tenant): EntityManager {
    return this.managers.memo(tenant);
  }

  /** Stays on the connection of an open transaction, in which TypeORM is to open none of its own. */
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

  /** A rollback takes back what the connection was told as well. */
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
    const { connection, release } = await loan.borrowed;
    try {
      return await this.send({ tenant, connection }, text, values);
    } catch (error) {
      loan.away ||= error instanceof DatabaseUnavailable;
      throw error;
    } finally {
      if (--loan.users === 0) release(loan.away);
    }
  }

  private lend(tenant: Tenant): Loan {
    const loan = { borrowed: acquireConnection(this.source, this.outage), users: 0, away: false };
    this.loans.set(tenant, loan);
    process.nextTick(() => this.loans.delete(tenant));
    return loan;
  }

  /** What TypeORM asks for itself, in any number of wordings, is asked for this tenant, too. */
  private locked(runner: QueryRunner, tenant: Tenant, transaction?: Transaction): QueryRunner {
    const ask = runner.query.bind(runner);
    runner.query = async (...query: Parameters<QueryRunner['query']>): Promise<never> => {
      const connection: Connection = await runner.connect().catch(this.outage.rethrow);
      try {
        const line = { tenant, connection, transaction };
        return (await this.as(line, query[0], () => this.note(connection, ask(...query)))) as never;
      } catch (error) {
        const away = error instanceof DatabaseUnavailable;
        if (away && !runner.isReleased) connection.emit('error', error); // TypeORM drops one that tells of an error
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
      if (error instanceof Error) Error.captureStackTrace(error); // its own tells of sockets, this one of who asked
      throw this.outage.translate(error);
    }
  }

  /** Remembers, until it is answered, that TypeORM is under way on this connection. */
  private note<T>(connection: Connection, asked: Promise<T>): Promise<T> {
    const all = Promise.allSettled([asked, this.byTypeOrm.get(connection)]).then(() => {
      if (this.byTypeOrm.get(connection) === all) this.byTypeOrm.delete(connection);
    });
    this.byTypeOrm.set(connection, all);
    return asked;
  }

  /** Sent before the query that follows, also by a connection that does not pipeline. */
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

/** The manager, with what adapters ask in SQL sent without TypeORM. */
function asking(
  manager: EntityManager,
  query: (text: string, values?: readonly unknown[]) => Promise<unknown>,
): EntityManager {
  return Object.assign(manager, { query: query as EntityManager['query'] });
}
