import { LRUCache } from 'lru-cache';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import type { OrgId } from '@app/kernel';
import { runPrepared, sendTogether, type Connection } from './connection';

/** Whose rows a query may see: one org's, or those of all for the few queries that cross orgs. */
export type Tenant = OrgId | 'every org';

/** The policies of the tables bind the role to `app.org`; they do not bind the owner of the tables, who crosses orgs. */
const ENTER = `SELECT set_config('app.org', $1, false), set_config('role', $2, false)`;
const OWNER = 'none';
const ROLE = `
  SELECT rolname FROM pg_roles
   WHERE rolname = 'dot_gitlab_sync' AND pg_has_role(rolname, 'MEMBER')
     AND has_table_privilege(rolname, to_regclass('context_heads'), 'INSERT')`;
const MANAGERS = 1_000;

/**
 * Tells PostgreSQL, before each query, whose rows it may see: row-level security is the second lock, behind the `org` that each
 * query names itself. A connection remembers whose it is, so that it is told only when that changes, and on the way, without a
 * round trip of its own.
 */
export class TenantLock {
  private readonly told = new WeakMap<Connection, Tenant>();
  private readonly managers: LRUCache<Tenant, EntityManager>;
  /** The role of all orgs: `none` where the database user may take none. Asked for once. */
  private role: string | null = null;

  constructor(private readonly source: DataSource) {
    this.managers = new LRUCache({ max: MANAGERS, memoMethod: (tenant) => this.pooled(tenant) });
  }

  /** Takes a connection of the pool for each query. */
  manager(tenant: Tenant): EntityManager {
    return this.managers.memo(tenant);
  }

  /** Stays on the connection of an open transaction, in which TypeORM is to open none of its own. */
  managerOn(connection: Connection, tenant: Tenant): EntityManager {
    const runner = this.source.createQueryRunner();
    Object.assign(runner, { databaseConnection: connection, isTransactionActive: true });
    return this.locked(runner, tenant).manager;
  }

  /** A rollback takes back what the connection was told as well. */
  forget(connection: Connection): void {
    this.told.delete(connection);
  }

  private pooled(tenant: Tenant): EntityManager {
    const { source } = this;
    const locked: DataSource = Object.create(source, {
      createQueryRunner: {
        value: (mode?: 'master' | 'slave') => this.locked(source.createQueryRunner(mode), tenant),
      },
    });
    return locked.createEntityManager();
  }

  /** Makes a new runner ask for this tenant. */
  private locked(runner: QueryRunner, tenant: Tenant): QueryRunner {
    const ask = runner.query.bind(runner);
    runner.query = async (text: string, values?: unknown[], structured?: boolean): Promise<never> => {
      const connection: Connection = await runner.connect();
      const role = (this.role ??= await roleOf(connection));
      sendTogether(connection);
      try {
        const [, answer] = await Promise.all([
          this.enter(connection, tenant, role),
          // Structured is what TypeORM asks for itself, in any number of wordings.
          structured ? ask(text, values, true) : runPrepared(connection, text, values),
        ]);
        return answer as never;
      } catch (error) {
        this.told.delete(connection); // it may have failed a transaction, even one that seems to commit
        throw error;
      }
    };
    return runner;
  }

  /** Sent before the query that follows, also by a connection that does not pipeline. */
  private async enter(connection: Connection, tenant: Tenant, role: string): Promise<void> {
    if (this.told.get(connection) === tenant) return;
    this.told.set(connection, tenant);
    await runPrepared(connection, ENTER, tenant === 'every org' ? ['', OWNER] : [tenant, role]);
  }
}

async function roleOf(connection: Connection): Promise<string> {
  const [row] = (await runPrepared(connection, ROLE)) as { rolname: string }[];
  return row?.rolname ?? OWNER;
}
