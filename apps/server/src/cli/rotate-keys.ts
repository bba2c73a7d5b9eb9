import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { Command } from 'commander';
import { EmbeddedPostgres } from '@app/database';
import { GitLabSyncModule, GitLabSyncOperations } from '@app/gitlab-sync';
import { explain } from '../console';
import { processEnv } from '../env';
import { databaseUrls, embeddedUrls, serverSettings } from '../settings';

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

/** Runs in a process that takes no requests and syncs nothing. */
async function rotate({ gitLabSync }: ReturnType<typeof serverSettings>): Promise<void> {
  const module = GitLabSyncModule.forRoot({
    ...gitLabSync,
    role: 'web',
    http: false,
    wakeQueue: undefined,
  });
  const app = await NestFactory.createApplicationContext(module, { logger: ['error'], abortOnError: false });
  try {
    const { tokens, webhooks } = await app.get(GitLabSyncOperations).rotateKeys();
    console.log(
      `Encrypted with the first key: ${tokens.count} tokens, the secrets of ${webhooks.count} webhooks.`,
    );
    const failed = new Set([...tokens.failed, ...webhooks.failed]);
    if (!failed.size) return console.log('The other keys can be removed from SECRETS_KEYS.');
    console.error(`Keep the other keys: the secrets of ${[...failed].join(', ')} cannot be opened.`);
    process.exitCode = 1;
  } finally {
    await app.close();
  }
}

command.parseAsync().catch((error: unknown) => {
  console.error(explain(error));
  process.exitCode = 1;
});
