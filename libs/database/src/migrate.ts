import type { Client } from 'pg';
import { DataSource, QueryFailedError } from 'typeorm';
import { forbidden } from './forbidden';
import type { Migration } from './migration';
import { makeSchema, moveFromPublic } from './own-schema';
import { applyRowSecurity } from './row-security/apply-row-security';
import { ROLES } from './row-security/roles';
import { MigrationsPending } from './row-security/row-security.errors';
import { loginOf, ownerOf, schemaOf, serviceOf, type MigrationSettings } from './settings';
import { clientDriver } from './typeorm/client-driver';
import { withClient } from './with-client';

/** An arbitrary lock number, equal in every process and version: its holder migrates, the others wait. */
const MIGRATING = 4_715_020_311;

/** Finds the table in the catalog, because PostgreSQL hides a name from users without access to its schema. */
const TABLE = `
  SELECT count(*) > 0 AS "exists",
         coalesce(bool_and(has_schema_privilege(relnamespace, 'USAGE') AND has_table_privilege(oid, 'SELECT')), false) AS readable
    FROM pg_class WHERE relname = 'migrations' AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1)`;

/**
 * Updates the schema, and makes the roles, policies and rights of row-level security. Safe from several processes at
 * the same time, unlike TypeORM's own `migrationsRun`.
 * @throws MigrationsPending, MigrationsForbidden
 */
export async function migrate(settings: MigrationSettings, migrations: readonly Migration[]): Promise<void> {
  const { migrations: mode = 'run' } = settings;
  const schema = schemaOf(settings);
  if (mode === 'off') return;
  if (mode === 'check')
    return withClient(loginOf(settings), (client) => requireUpToDate(client, schema, migrations));
  const service = serviceOf(settings);
  await withClient(ownerOf(settings), async (owner) => {
    await owner.query('SELECT pg_advisory_lock($1)', [MIGRATING]); // held until the session ends
    await makeSchema(owner, schema);
    await moveFromPublic(owner, schema, migrations);
    await owner.query(`SET search_path = ${schema}`);
    if ((await pending(owner, schema, migrations)).length) {
      await applyRowSecurity(owner, schema, service); // policies name these roles
      await runMigrations(owner, schema, migrations);
    }
    await applyRowSecurity(owner, schema, service);
  });
}

/** @throws MigrationsPending */
async function requireUpToDate(
  client: Client,
  schema: string,
  migrations: readonly Migration[],
): Promise<void> {
  const names = await pending(client, schema, migrations);
  if (names.length) throw new MigrationsPending(names);
}

async function pending(client: Client, schema: string, migrations: readonly Migration[]): Promise<string[]> {
  const done = await namesDone(client, schema);
  return migrations.map(({ name }) => name).filter((name) => !done.has(name));
}

/** Returns the names of the migrations that ran. Reads them under a role that may read them, if the user itself may not. */
export async function namesDone(client: Client, schema: string): Promise<ReadonlySet<string>> {
  const [{ exists, readable }] = (await client.query<{ exists: boolean; readable: boolean }>(TABLE, [schema]))
    .rows;
  if (!exists) return new Set();
  if (!readable) await client.query(`SET ROLE ${ROLES.acrossOrgs}`).catch(() => undefined);
  const { rows } = await client
    .query<{ name: string }>(`SELECT name FROM ${schema}.migrations`)
    .catch(forbidden);
  if (!readable) await client.query('RESET ROLE');
  return new Set(rows.map(({ name }) => name));
}

async function runMigrations(owner: Client, schema: string, migrations: readonly Migration[]): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    driver: clientDriver(owner),
    schema,
    migrations: [...migrations],
    migrationsTransactionMode: 'each',
    installExtensions: false,
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
