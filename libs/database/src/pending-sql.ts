import { escapeLiteral } from 'pg';
import type { QueryRunner } from 'typeorm';
import { namesDone } from './migrate';
import type { Migration } from './migration';
import { commandsToMakeSchema, commandsToMove } from './own-schema';
import { PLACEHOLDER } from './row-security/check-row-security';
import { commandsFor } from './row-security/commands';
import { readFacts } from './row-security/facts';
import { ownerOf, schemaOf, serviceOf, type MigrationSettings } from './settings';
import { withClient } from './with-client';

/**
 * Returns the SQL that `migrate` would run, and runs nothing. The rights of tables that the SQL itself makes follow once
 * it has run.
 */
export function pendingSql(settings: MigrationSettings, migrations: readonly Migration[]): Promise<string[]> {
  const schema = schemaOf(settings);
  return withClient(ownerOf(settings), async (owner) => {
    const move = await commandsToMove(owner, schema, migrations);
    const done = await namesDone(owner, schema);
    const left = migrations.filter(({ name }) => !done.has(name) && !move.names.includes(name));
    const { roles, tables } = commandsFor(
      await readFacts(owner, serviceOf(settings).name, schema),
      PLACEHOLDER,
    );
    const updates = (await Promise.all(left.map((migration) => sqlOf(migration, schema)))).flat();
    return [
      ...(await commandsToMakeSchema(owner, schema)),
      ...move.commands,
      ...roles,
      ...(updates.length ? [`SET search_path = ${schema}`, tableOfMigrations(schema), ...updates] : []),
      ...tables,
    ];
  });
}

/** Makes the table as TypeORM does. */
const tableOfMigrations = (schema: string) =>
  `CREATE TABLE IF NOT EXISTS ${schema}.migrations (id SERIAL PRIMARY KEY, timestamp bigint NOT NULL, name varchar NOT NULL)`;

/** Records the statements of a migration: ours run SQL, and read nothing. */
async function sqlOf(migration: Migration, schema: string): Promise<string[]> {
  const statements: string[] = [];
  const recorder = { query: async (sql: string) => void statements.push(sql.trim()) };
  await new migration().up(recorder as unknown as QueryRunner);
  const { name } = migration;
  const row = `(${name.slice(-13)}, ${escapeLiteral(name)})`;
  return [
    'BEGIN',
    ...statements,
    `INSERT INTO ${schema}.migrations (timestamp, name) VALUES ${row}`,
    'COMMIT',
  ];
}
