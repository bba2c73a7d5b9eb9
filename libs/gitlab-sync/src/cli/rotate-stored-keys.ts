import { NestFactory } from '@nestjs/core';
import { GitLabSyncModule } from '../gitlab-sync.module';
import { GitLabSyncOperations } from '../operations/gitlab-sync.operations';
import type { GitLabSyncExtras } from '../extras';
import type { GitLabSyncOptions } from '../options';

export interface Rotation {
  readonly text: string;
  /** True if the former keys are not needed any more. */
  readonly complete: boolean;
}

/**
 * Encrypts every stored secret with the first key. Safe to repeat, and while the service runs. Runs in a process that
 * takes no requests and syncs nothing.
 */
export async function rotateStoredKeys(settings: GitLabSyncOptions & GitLabSyncExtras): Promise<Rotation> {
  const module = GitLabSyncModule.forRoot({ ...settings, role: 'web', http: false, wakeQueue: undefined });
  const app = await NestFactory.createApplicationContext(module, { logger: ['error'], abortOnError: false });
  try {
    const { tokens, webhooks } = await app.get(GitLabSyncOperations).rotateKeys();
    const failed = new Set([...tokens.failed, ...webhooks.failed]);
    const counts = `Encrypted with the first key: ${tokens.count} tokens, the secrets of ${webhooks.count} webhooks.`;
    const advice = failed.size
      ? `Keep the other keys: the secrets of ${[...failed].join(', ')} cannot be opened.`
      : 'The other keys can be removed from SECRETS_KEYS.';
    return { text: `${counts}\n${advice}`, complete: !failed.size };
  } finally {
    await app.close();
  }
}
