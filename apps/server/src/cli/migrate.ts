import '../stack-traces';
import { Command } from 'commander';
import { migrateDatabase, type MigrateOptions } from '@app/gitlab-sync/cli';
import { explain } from '../console';
import { processEnv } from '../env';
import { databaseUrls } from '../settings';

const command: Command = new Command('npm run migrate --')
  .description(
    'Updates the schema of DATABASE_URL as the user of MIGRATIONS_DATABASE_URL, and makes the roles of row-level ' +
      'security. Run it before a release: processes with MIGRATIONS=check then start without rights to the schema.',
  )
  .option('--check', 'only check that the schema is up to date and row-level security in force')
  .option('--sql', 'only print the SQL that would run')
  .action(async (options: MigrateOptions) => {
    const env = processEnv();
    const urls = databaseUrls(env);
    if (!urls) return console.log('The server itself migrates the embedded database.');
    const settings = { ...urls, allowUnlockedTenants: env.ALLOW_UNLOCKED_TENANTS };
    console.log(await migrateDatabase(settings, options));
  });

command.parseAsync().catch((error: unknown) => {
  console.error(explain(error));
  process.exitCode = 1;
});
