import { Command } from 'commander';
import { pendingSql, prepareDatabase } from '@app/database';
import { migrations } from '@app/gitlab-sync';
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
  .action(async ({ check, sql }: { check?: boolean; sql?: boolean }) => {
    const env = processEnv();
    const urls = databaseUrls(env);
    if (!urls) return console.log('The server itself migrates the embedded database.');
    if (sql) return print(await pendingSql(urls, migrations));
    const mode = check ? 'check' : 'run';
    const { inForce } = await prepareDatabase(
      { ...urls, migrations: mode, allowUnlockedTenants: env.ALLOW_UNLOCKED_TENANTS },
      migrations,
    );
    console.log(`The schema is up to date. Row-level security is ${inForce ? '' : 'not '}in force.`);
  });

function print(statements: readonly string[]): void {
  for (const statement of statements) console.log(`${statement};`);
  if (!statements.length) console.log('-- Nothing is pending.');
}

command.parseAsync().catch((error: unknown) => {
  console.error(explain(error));
  process.exitCode = 1;
});
