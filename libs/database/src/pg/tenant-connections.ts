import type { OrgId } from '@app/kernel';
import { sendPrepared, sendTogether, type Answer, type Connection } from './connection';
import { allSettledOrThrow } from '@app/kernel';
import type { OutageMonitor } from './outage-monitor';
import { ROLES } from '../row-security/roles';
import { USABLE_ROLES } from '../row-security/usable-roles';

/** The rows that a query may see: those of one org, of all orgs, old ones, or none. No org id contains a space. */
export type Tenant = OrgId | 'every org' | 'old rows' | 'no rows';

/** The tables' policies bind the role of one org to `app.org`. */
const ENTER = `SELECT set_config('app.org', $1, false), set_config('role', $2, false)`;
/** Stands for the login itself, if it may take no role: then only the code keeps orgs apart. */
const NONE = 'none';
/** PostgreSQL also undoes settings made since the savepoint or the beginning. */
const TAKES_BACK = /^\s*(rollback|abort)\b/i;

/**
 * Sets the tenant on the connection before each query: row-level security is the second lock, behind the `org` in
 * each query. It sends the setting only when a connection's tenant changes, without a round trip of its own.
 */
export class TenantConnections {
  private readonly currentTenant = new WeakMap<Connection, Tenant>();
  /** The roles that the login may take. Read once. */
  private roles: ReadonlySet<string> | null = null;

  constructor(
    private readonly outage: OutageMonitor,
    private readonly schema: string,
  ) {}

  /** Sends a query as this tenant. `allowed` may refuse it at the last moment. */
  async send(
    connection: Connection,
    tenant: Tenant,
    text: string,
    values?: readonly unknown[],
    allowed: () => void = () => undefined,
  ): Promise<Answer> {
    try {
      const roles = (this.roles ??= await usableRoles(connection, this.schema));
      allowed();
      sendTogether(connection);
      const entered = this.currentTenant.get(connection) === tenant || this.enter(connection, tenant, roles);
      const asked = sendPrepared(connection, text, values);
      if (TAKES_BACK.test(text)) this.forget(connection);
      if (entered === true) return await asked;
      const [, answer] = await allSettledOrThrow(entered, asked);
      return answer;
    } catch (error) {
      this.forget(connection); // it may have failed a transaction, even one that seems to commit
      if (error instanceof Error) Error.captureStackTrace(error); // shows the caller instead of sockets
      throw this.outage.translate(error);
    }
  }

  /** Forgets the connection's tenant, because a rollback also undoes its settings. */
  forget(connection: Connection): void {
    this.currentTenant.delete(connection);
  }

  /** Sends the setting before the query that follows, also on a connection without pipelining. */
  private async enter(connection: Connection, tenant: Tenant, roles: ReadonlySet<string>): Promise<void> {
    this.currentTenant.set(connection, tenant);
    const role = roleFor(tenant);
    await sendPrepared(connection, ENTER, [role === ROLES.org ? tenant : '', roles.has(role) ? role : NONE]);
  }
}

function roleFor(tenant: Tenant): string {
  if (tenant === 'every org') return ROLES.acrossOrgs;
  if (tenant === 'old rows') return ROLES.retention;
  return tenant === 'no rows' ? NONE : ROLES.org;
}

async function usableRoles(connection: Connection, schema: string): Promise<ReadonlySet<string>> {
  const { rows } = await sendPrepared(connection, USABLE_ROLES, [schema]);
  return new Set(rows.map(({ rolname }: { rolname: string }) => rolname));
}
