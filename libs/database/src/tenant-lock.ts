import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import type { OrgId } from '@app/kernel';

/** Whose rows a query may see: one org's, or those of all for the few queries that cross orgs. */
export type Tenant = OrgId | 'every org';

/** The policies of the tables bind this role to `app.org`; they do not bind the owner of the tables, who crosses orgs. */
const AS_ORG = `
  SELECT set_config('app.org', $1, false),
         (SELECT set_config('role', rolname, false) FROM pg_roles
           WHERE rolname = 'dot_gitlab_sync' AND pg_has_role(rolname, 'MEMBER')
             AND has_table_privilege(rolname, to_regclass('context_heads'), 'INSERT'))`;
const AS_OWNER = `SELECT set_config('app.org', '', false), set_config('role', 'none', false)`;

/**
 * Tells PostgreSQL, before each query, whose rows it may see: row-level security is the second lock, behind the `org` that each
 * query names itself. A connection remembers whose it is, so that it is told only when that changes.
 */
export class TenantLock {
  private readonly told = new WeakMap<object, Tenant>();

  constructor(private readonly source: DataSource) {}

  /** Takes a connection of the pool for each query. */
  manager(tenant: Tenant): EntityManager {
    const { source } = this;
    const locked: DataSource = Object.create(source, {
      createQueryRunner: {
        value: (mode?: 'master' | 'slave') => this.locked(source.createQueryRunner(mode), tenant),
      },
    });
    return locked.createEntityManager();
  }

  /** Stays on the connection of an open transaction. */
  managerOn(runner: QueryRunner, tenant: Tenant): EntityManager {
    return this.source.createEntityManager(this.locked(runner, tenant));
  }

  /** A rollback takes back what the connection was told as well. */
  async forget(runner: QueryRunner): Promise<void> {
    this.told.delete(await runner.connect());
  }

  private locked(runner: QueryRunner, tenant: Tenant): QueryRunner {
    const locked: QueryRunner = Object.create(runner);
    locked.query = async (...query: Parameters<QueryRunner['query']>) => {
      await this.enter(await locked.connect(), tenant);
      return runner.query.apply(locked, query);
    };
    return locked;
  }

  private async enter(connection: Connection, tenant: Tenant): Promise<void> {
    if (this.told.get(connection) === tenant) return;
    await (tenant === 'every org' ? connection.query(AS_OWNER) : connection.query(AS_ORG, [tenant]));
    this.told.set(connection, tenant);
  }
}

interface Connection {
  query(sql: string, parameters?: readonly string[]): Promise<unknown>;
}
