import { Command } from 'commander';
import { prepareDatabase } from '@app/database';
import { migrations } from '@app/gitlab-sync';
import { explain } from '../console';
import { processEnv } from '../env';
import { databaseUrls } from '../settings';

const command: Command = new Command('npm run migrate --')
  .description(
    'Brings the schema of DATABASE_URL up to date as the user of MIGRATIONS_DATABASE_URL, and makes the roles of row-level ' +
      'security. Processes with MIGRATIONS=check start after it, and need no rights to the schema.',
  )
  .action(async () => {
    const env = processEnv();
    const urls = databaseUrls(env);
    if (!urls) return console.log('The embedded database is migrated by the server itself.');
    const { inForce } = await prepareDatabase(
      { ...urls, allowUnlockedTenants: env.ALLOW_UNLOCKED_TENANTS },
      migrations,
    );
    console.log(`The schema is up to date. Row-level security is ${inForce ? '' : 'not '}in force.`);
  });

command.parseAsync().catch((error: unknown) => {
  console.error(explain(error));
  process.exitCode = 1;
});
