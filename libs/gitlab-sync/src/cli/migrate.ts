import { pendingSql, prepareDatabase, type DatabaseSettings } from '@app/database';
import { migrations } from '../migrations';

export interface MigrateOptions {
  /** Changes nothing, and fails if the schema is out of date. */
  readonly check?: boolean;
  /** Changes nothing, and returns the SQL that would run. */
  readonly sql?: boolean;
}

/**
 * Updates the schema and row-level security. Returns the text to print.
 * @throws MigrationsPending, MigrationsForbidden, TablesInUse, TablesMissing, TenantsUnlocked
 */
export async function migrateDatabase(
  settings: DatabaseSettings,
  { check, sql }: MigrateOptions,
): Promise<string> {
  if (sql) return scriptOf(await pendingSql(settings, migrations));
  const { inForce } = await prepareDatabase({ ...settings, migrations: check ? 'check' : 'run' }, migrations);
  return `The schema is up to date. Row-level security is ${inForce ? '' : 'not '}in force.`;
}

const scriptOf = (statements: readonly string[]): string =>
  statements.length ? statements.map((statement) => `${statement};`).join('\n') : '-- Nothing is pending.';
