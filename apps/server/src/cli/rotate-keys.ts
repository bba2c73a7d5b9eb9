import '../stack-traces';
import 'reflect-metadata';
import { Command } from 'commander';
import { rotateStoredKeys } from '@app/gitlab-sync/cli';
import { explain } from '../console';
import { EmbeddedPostgres } from '../embedded-postgres/embedded-postgres';
import { processEnv } from '../env';
import { databaseUrls, embeddedUrls, serverSettings, type ServerSettings } from '../settings';

const command: Command = new Command('npm run keys:rotate --')
  .description(
    'Encrypts every stored secret with the first key of SECRETS_KEYS. Safe to repeat, and while the service runs. ' +
      'Put the new key first, restart with both keys, run this, then remove the former key.',
  )
  .action(async () => {
    const env = processEnv();
    const urls = databaseUrls(env);
    if (urls) return rotate(serverSettings(env, urls));
    const embedded = await EmbeddedPostgres.start({ dataDir: env.DATA_DIR });
    await rotate(serverSettings(env, embeddedUrls(embedded))).finally(() => embedded.stop());
  });

async function rotate({ gitLabSync }: ServerSettings): Promise<void> {
  const { text, complete } = await rotateStoredKeys(gitLabSync);
  console[complete ? 'log' : 'error'](text);
  if (!complete) process.exitCode = 1;
}

command.parseAsync().catch((error: unknown) => {
  console.error(explain(error));
  process.exitCode = 1;
});
