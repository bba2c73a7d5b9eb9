import { prepareDatabase, type DatabaseSettings } from '@app/database';
import { migrations } from '../migrations';

/**
 * Updates the schema and row-level security, or only checks them. Returns the sentence to print.
 * @throws MigrationsPending, MigrationsForbidden, TenantsUnlocked
 */
export async function migrateDatabase(settings: DatabaseSettings, mode: 'run' | 'check'): Promise<string> {
  const { inForce } = await prepareDatabase({ ...settings, migrations: mode }, migrations);
  return `The schema is up to date. Row-level security is ${inForce ? '' : 'not '}in force.`;
}
