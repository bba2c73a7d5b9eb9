import { Command } from 'commander';
import { migrateDatabase } from '@app/gitlab-sync/cli';
import { explain } from '../console';
import { processEnv } from '../env';
import { databaseUrls } from '../settings';

const command: Command = new Command('npm run migrate --')
  .description(
    'Updates the schema of DATABASE_URL as the user of MIGRATIONS_DATABASE_URL, and makes the roles of row-level ' +
      'security. Run it before a release: processes with MIGRATIONS=check then start without rights to the schema.',
  )
  .option('--check', 'change nothing; fail if the schema is out of date')
  .action(async ({ check }: { readonly check?: boolean }) => {
    const env = processEnv();
    const urls = databaseUrls(env);
    if (!urls) return console.log('The server itself migrates the embedded database.');
    const settings = { ...urls, allowUnlockedTenants: env.ALLOW_UNLOCKED_TENANTS };
    console.log(await migrateDatabase(settings, check ? 'check' : 'run'));
  });

command.parseAsync().catch((error: unknown) => {
  console.error(explain(error));
  process.exitCode = 1;
});
