import type { Writable } from 'node:stream';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import type { OrgId } from '@app/kernel';

/** Whose rows a query may see: one org's, or those of all for the few queries that cross orgs. */
export type Tenant = OrgId | 'every org';

/** The policies of the tables bind the role to `app.org`; they do not bind the owner of the tables, who crosses orgs. */
const ENTER = `SELECT set_config('app.org', $1, false), set_config('role', $2, false)`;
const OWNER = 'none';
const ROLE = `
  SELECT rolname FROM pg_roles
   WHERE rolname = 'dot_gitlab_sync' AND pg_has_role(rolname, 'MEMBER')
     AND has_table_privilege(rolname, to_regclass('context_heads'), 'INSERT')`;

/**
 * Tells PostgreSQL, before each query, whose rows it may see: row-level security is the second lock, behind the `org` that each
 * query names itself. A connection remembers whose it is, so that it is told only when that changes, and on the way, without a
 * round trip of its own.
 */
export class TenantLock {
  private readonly told = new WeakMap<Connection, Tenant>();
  /** The role of all orgs: `none` where the database user may take none. Asked for once. */
  private role: string | null = null;

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
      const connection: Connection = await locked.connect();
      const role = (this.role ??= await roleOf(connection));
      sendTogether(connection);
      try {
        const [, answer] = await Promise.all([
          this.enter(connection, tenant, role),
          runner.query.apply(locked, query),
        ]);
        return answer;
      } catch (error) {
        this.told.delete(connection); // it may have failed a transaction, even one that seems to commit
        throw error;
      }
    };
    return locked;
  }

  /** Sent before the query that follows, also by a connection that does not pipeline. */
  private async enter(connection: Connection, tenant: Tenant, role: string): Promise<void> {
    if (this.told.get(connection) === tenant) return;
    this.told.set(connection, tenant);
    await connection.query(ENTER, tenant === 'every org' ? ['', OWNER] : [tenant, role]);
  }
}

/** What is asked of a connection in one tick is one write: a system call costs more than most queries. */
function sendTogether({ connection: { stream } }: Connection): void {
  stream.cork();
  process.nextTick(() => stream.uncork());
}

async function roleOf(connection: Connection): Promise<string> {
  const { rows } = await connection.query(ROLE);
  return rows[0]?.rolname ?? OWNER;
}

/** The part of a `pg` client that is needed. */
interface Connection {
  readonly connection: { readonly stream: Writable };
  query(sql: string, parameters?: readonly string[]): Promise<{ rows: { rolname: string }[] }>;
}
