import { DatabaseError, escapeIdentifier, escapeLiteral, type Client } from 'pg';
import { forbidden } from './forbidden';
import { ROLES } from './row-security/roles';
import type { Migration } from './migration';
import { TablesInUse, TablesMissing } from './row-security/row-security.errors';

/** The tables that versions before the own schema made in `public`. */
const FORMER_TABLES = [
  ...[
    'audit_entries',
    'context_blobs',
    'context_changes',
    'context_files',
    'context_heads',
    'context_versions',
  ],
  ...['deployment', 'gitlab_connections', 'inspections', 'pruning_rounds', 'sync_agreed', 'sync_allowed'],
  ...['sync_conflicts', 'sync_quarantine', 'sync_run_changes', 'sync_runs', 'sync_states', 'sync_targets'],
  ...['webhook_deliveries', 'webhook_endpoints'],
];
const LOCK_NOT_AVAILABLE = '55P03';

/** Finds the tables. Their policy distinguishes them from those of a host. */
const PLACES = `
  SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1) AS made,
         EXISTS (SELECT FROM pg_class WHERE relname = 'migrations'
                    AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1)) AS migrated,
         EXISTS (SELECT FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attname = 'name'
                  WHERE t.relname = 'migrations' AND relnamespace = to_regnamespace('public')
                    AND has_table_privilege(t.oid, 'SELECT')) AS listed,
         ARRAY(SELECT relname::text FROM pg_class t
                WHERE relnamespace = to_regnamespace('public') AND relkind = 'r' AND relname = ANY($2)
                  AND EXISTS (SELECT FROM pg_policy WHERE polrelid = t.oid AND polname = 'one_org') ORDER BY 1) AS tables`;

interface Places {
  /** True if the schema exists. */
  readonly made: boolean;
  /** True if the schema has its table of migrations. */
  readonly migrated: boolean;
  /** True if `public` has a table of migrations that can be read. */
  readonly listed: boolean;
  /** The tables of an earlier version in `public`. */
  readonly tables: readonly string[];
}

/** Finds the rights that earlier versions granted in `public`, also on tables of a host with the same owner. */
const FORMER_GRANTS = `
  WITH ours AS (SELECT oid, rolname FROM pg_roles WHERE rolname = ANY($2)),
       granted AS (
         SELECT 1 AS place, 'ALL ON SCHEMA public' AS rights, '' AS scope, n.nspacl AS acl
           FROM pg_namespace n WHERE nspname = 'public'
         UNION ALL
         SELECT 2, CASE defaclobjtype WHEN 'S' THEN 'ALL ON SEQUENCES' ELSE 'ALL ON TABLES' END,
                format('ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA public ', defaclrole::regrole), defaclacl
           FROM pg_default_acl
          WHERE defaclnamespace = to_regnamespace('public') AND defaclobjtype IN ('S', 'r') AND pg_has_role(defaclrole, 'USAGE')
         UNION ALL
         SELECT 3, format('ALL ON %s public.%I', CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, relname), '', t.relacl
           FROM pg_class t
          WHERE relnamespace = to_regnamespace('public') AND relname <> ALL($1) AND pg_has_role(relowner, 'USAGE')
            AND NOT EXISTS (SELECT FROM pg_depend d JOIN pg_class owner ON owner.oid = d.refobjid
                             WHERE d.objid = t.oid AND d.deptype IN ('a', 'i') AND owner.relname = ANY($1)))
  SELECT scope || 'REVOKE ' || rights || ' FROM ' || string_agg(DISTINCT rolname, ', ') AS command
    FROM granted, aclexplode(acl) JOIN ours ON ours.oid = grantee
   GROUP BY place, scope, rights ORDER BY place, scope, rights`;

/** Commands that move the tables of an earlier version, and the migrations that they have. */
interface Move {
  readonly commands: readonly string[];
  readonly names: readonly string[];
}

/** Makes the schema if it is missing. @throws MigrationsForbidden */
export async function makeSchema(owner: Client, schema: string): Promise<void> {
  for (const command of await commandsToMakeSchema(owner, schema))
    await owner
      .query(command)
      .catch((error) => forbidden(error, `${command} AUTHORIZATION ${escapeIdentifier(owner.user ?? '')}`));
}

export async function commandsToMakeSchema(owner: Client, schema: string): Promise<string[]> {
  return (await placesOf(owner, schema)).made ? [] : [`CREATE SCHEMA ${schema}`];
}

/**
 * Moves the tables of an earlier version from `public` in one transaction.
 * @throws TablesInUse, TablesMissing, MigrationsForbidden
 */
export async function moveFromPublic(
  owner: Client,
  schema: string,
  migrations: readonly Migration[],
): Promise<void> {
  const { commands } = await commandsToMove(owner, schema, migrations);
  if (!commands.length) return;
  try {
    for (const command of commands) await owner.query(command);
  } catch (error) {
    await owner.query('ROLLBACK').catch(() => undefined);
    if (error instanceof DatabaseError && error.code === LOCK_NOT_AVAILABLE) throw new TablesInUse();
    throw forbidden(error);
  }
}

/** Returns the commands of the transaction; none if `public` has no tables of ours. @throws TablesMissing */
export async function commandsToMove(
  owner: Client,
  schema: string,
  migrations: readonly Migration[],
): Promise<Move> {
  const { migrated, listed, tables } = await placesOf(owner, schema);
  if (migrated || (!listed && !tables.length)) return { commands: [], names: [] };
  const { rows } = await owner.query<{ name: string }>('SELECT name FROM public.migrations').catch(forbidden);
  const ours = new Set(migrations.map(({ name }) => name));
  const names = rows.map(({ name }) => name).filter((name) => ours.has(name));
  if (!names.length && !tables.length) return { commands: [], names };
  const missing = FORMER_TABLES.filter((name) => !tables.includes(name));
  if (missing.length) throw new TablesMissing(missing);
  const shared = names.length < rows.length;
  const moved = shared ? FORMER_TABLES : [...FORMER_TABLES, 'migrations'];
  const commands = [
    'BEGIN',
    `SET LOCAL lock_timeout = '5s'`,
    ...moved.map((name) => `ALTER TABLE public.${name} SET SCHEMA ${schema}`),
    ...(shared ? ownMigrations(schema, names) : []),
    ...(await grantsBeside(owner, moved)),
    'COMMIT',
  ];
  return { commands, names };
}

/** Makes a table of its own for our migrations, if those of a host are in the same one. */
function ownMigrations(schema: string, names: readonly string[]): string[] {
  const list = names.map((name) => escapeLiteral(name)).join(', ');
  return [
    `CREATE TABLE ${schema}.migrations (id SERIAL PRIMARY KEY, timestamp bigint NOT NULL, name varchar NOT NULL)`,
    `INSERT INTO ${schema}.migrations (timestamp, name)
     SELECT timestamp, name FROM public.migrations WHERE name IN (${list}) ORDER BY id`,
    `DELETE FROM public.migrations WHERE name IN (${list})`,
  ];
}

async function grantsBeside(owner: Client, moved: readonly string[]): Promise<string[]> {
  const { rows } = await owner.query<{ command: string }>(FORMER_GRANTS, [moved, Object.values(ROLES)]);
  return rows.map(({ command }) => command);
}

async function placesOf(owner: Client, schema: string): Promise<Places> {
  const { rows } = await owner.query<Places>(PLACES, [schema, FORMER_TABLES]);
  return rows[0];
}
