#!/usr/bin/env node
import { Command, type CommanderError, Option } from 'commander';
import { checkCommand, FORMATS, type CheckOptions } from './check/check-command';
import { reasonOf } from './finding';
import type * as operationsEntry from './operations';

interface Options {
  readonly database: string;
  readonly migrationsDatabase?: string;
  readonly redis?: string;
  readonly keys: string;
  readonly publicUrl?: string;
  readonly schema?: string;
  readonly check?: boolean;
  readonly sql?: boolean;
}

const option = (flags: string, description: string, variable: string) =>
  new Option(flags, description).env(variable);
const database = () =>
  option(
    '--database <url>',
    'the database, as the user of the service',
    'DATABASE_URL',
  ).makeOptionMandatory();
const owner = () =>
  option(
    '--migrations-database <url>',
    'the database, as the owner of the tables',
    'MIGRATIONS_DATABASE_URL',
  );
const keys = () => option('--keys <keys>', 'id:base64-of-32-bytes,...', 'SECRETS_KEYS');

const schema = () => new Option('--schema <name>', 'the schema of the tables').default('gitlab_sync');

const urls = ({ database: url, migrationsDatabase: migrationsUrl, schema: name }: Options) => ({
  ...{ url, migrationsUrl, schema: name },
});

/** Loads Nest and the database's driver only for the commands that need them. */
const operations = () =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- An import of our own file would need its extension.
  require('./operations') as typeof operationsEntry;

const program: Command = new Command('gitlab-sync').description(
  'Operates an installation of @dot/gitlab-sync, and checks files before a merge. Options of an installation may be given as environment variables.',
);

program
  .command('migrate')
  .description('Updates the schema, and makes the roles of row-level security. Run it before a release.')
  .addOption(database())
  .addOption(owner())
  .addOption(schema())
  .option('--check', 'only check that the schema is up to date and row-level security in force')
  .option('--sql', 'only print the SQL that would run')
  .action(async (options: Options) => {
    console.log(await operations().migrateDatabase(urls(options), options));
  });

program
  .command('keys:rotate')
  .description(
    'Encrypts every stored secret with the first key of SECRETS_KEYS. Safe to repeat, and while the service runs.',
  )
  .addOption(database())
  .addOption(schema())
  .addOption(keys().makeOptionMandatory())
  .action(async (options: Options) => {
    const { text, complete } = await operations().rotateStoredKeys({
      database: urls(options),
      migrations: 'off',
      keys: options.keys,
      publicUrl: 'http://127.0.0.1',
    });
    console.log(text);
    if (!complete) process.exitCode = 1;
  });

program
  .command('doctor')
  .description(
    'Checks database, user, row-level security, Redis, keys, clock and public URL. Changes nothing.',
  )
  .addOption(database())
  .addOption(owner())
  .addOption(schema())
  .addOption(option('--redis <url>', 'the Redis of several processes', 'REDIS_URL'))
  .addOption(keys())
  .addOption(option('--public-url <url>', 'the address at which GitLab reaches the service', 'PUBLIC_URL'))
  .action(async (options: Options) => {
    const { redis: redisUrl, publicUrl } = options;
    const { diagnose, reportOf } = operations();
    const findings = await diagnose({ database: urls(options), redisUrl, keys: options.keys, publicUrl });
    console.log(reportOf(findings));
    if (findings.some(({ ok }) => !ok)) process.exitCode = 1;
  });

program
  .command('check')
  .description(
    'Says which files of a working tree Dot would keep out, and why. Needs no network. ' +
      'Exits with 0 without problems, with 1 if there are any, with 2 if it could not run.',
  )
  .argument('[dir...]', 'directories and files of the project, in place of those in the configuration')
  .option('--root <dir>', 'the working tree (default: the top of the git repository)')
  .option('--config <file>', 'the configuration (default: .gitlab-sync.json in the working tree)')
  .addOption(new Option('--format <format>', 'the form of the report').choices(FORMATS).default('text'))
  .option('--output <file>', 'writes the report to a file')
  .option('--strict', 'warnings are problems, too')
  .exitOverride(({ exitCode }: CommanderError) => process.exit(exitCode && 2))
  .action(async (directories: string[], options: CheckOptions) => {
    process.exitCode = await checkCommand(directories, options);
  });

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : reasonOf(error));
  process.exitCode = 1;
});
