import { Client, DatabaseError } from 'pg';
import { DataSource, QueryFailedError, type MigrationInterface } from 'typeorm';
import { applyRowSecurity } from './row-security/apply-row-security';
import { ROLES } from './row-security/roles';
import { MigrationsForbidden, MigrationsPending } from './row-security/row-security.errors';

/** A class of TypeORM's; its name ends with its timestamp, and is what the database remembers. */
export type Migration = new () => MigrationInterface;

export interface MigrationSettings {
  /** As whom the service logs in. */
  readonly url: string;
  /** As whom it migrates: the owner of the tables. `url` if absent. */
  readonly migrationsUrl?: string;
  /** `check` refuses a schema that is out of date; `off` takes it as it is. `run` if absent. */
  readonly migrations?: 'run' | 'check' | 'off';
}

/** Any number, the same in every process of every version: who holds it migrates, the others wait. */
const MIGRATING = 4_715_020_311;
const FORBIDDEN = '42501';

/** Asks the catalog: a name is not found by a user who may not use its schema. */
const TABLE = `
  SELECT count(*) > 0 AS "exists",
         coalesce(bool_and(has_schema_privilege(relnamespace, 'USAGE') AND has_table_privilege(oid, 'SELECT')), false) AS readable
    FROM pg_class WHERE relname = 'migrations' AND relnamespace = 'public'::regnamespace`;

/**
 * Brings the schema up to date, and makes the roles, policies and rights of row-level security. Safe from several processes at
 * the same time: TypeORM's own `migrationsRun` is not.
 * @throws MigrationsPending, MigrationsForbidden
 */
export async function migrate(
  { url, migrationsUrl = url, migrations: mode = 'run' }: MigrationSettings,
  migrations: readonly Migration[],
): Promise<void> {
  if (mode === 'off') return;
  if (mode === 'check') return withClient(url, (client) => requireUpToDate(client, migrations));
  const { user: name, password } = new Client(url);
  const login = { name: name ?? '', password: password ?? undefined };
  await withClient(migrationsUrl, async (owner) => {
    await owner.query('SELECT pg_advisory_lock($1)', [MIGRATING]); // until the session ends
    if ((await pending(owner, migrations)).length) {
      await applyRowSecurity(owner, login); // the roles, which policies name
      await runMigrations(migrationsUrl, migrations);
    }
    await applyRowSecurity(owner, login);
  });
}

/** Connects for a moment, beside the pool. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    connectionString: url,
    application_name: 'dot-gitlab-sync migrations',
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => undefined); // the query under way fails by itself
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function requireUpToDate(client: Client, migrations: readonly Migration[]): Promise<void> {
  const names = await pending(client, migrations);
  if (names.length) throw new MigrationsPending(names);
}

async function pending(client: Client, migrations: readonly Migration[]): Promise<string[]> {
  const done = await namesDone(client);
  return migrations.map(({ name }) => name).filter((name) => !done.has(name));
}

/** Read as a role that may read them, if the user itself may not. */
async function namesDone(client: Client): Promise<ReadonlySet<string>> {
  const [{ exists, readable }] = (await client.query<{ exists: boolean; readable: boolean }>(TABLE)).rows;
  if (!exists) return new Set();
  if (!readable) await client.query(`SET ROLE ${ROLES.acrossOrgs}`).catch(() => undefined);
  const { rows } = await client
    .query<{ name: string }>('SELECT name FROM public.migrations')
    .catch(forbidden);
  if (!readable) await client.query('RESET ROLE');
  return new Set(rows.map(({ name }) => name));
}

async function runMigrations(url: string, migrations: readonly Migration[]): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url,
    migrations: [...migrations],
    migrationsTransactionMode: 'each',
    installExtensions: false,
    applicationName: 'dot-gitlab-sync migrations',
    extra: { max: 2, connectionTimeoutMillis: 10_000 },
  });
  await source.initialize();
  try {
    await source.runMigrations();
  } catch (error) {
    throw forbidden(error instanceof QueryFailedError ? error.driverError : error);
  } finally {
    await source.destroy();
  }
}

function forbidden(error: unknown): never {
  if (error instanceof DatabaseError && error.code === FORBIDDEN)
    throw new MigrationsForbidden(error.message);
  throw error;
}
