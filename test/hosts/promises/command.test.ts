import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { hostSettings } from './support.js';

const run = promisify(execFile);

describe('the command gitlab-sync', () => {
  it('migrates a database, and finds it healthy', async () => {
    const settings = await hostSettings();
    const env = {
      ...process.env,
      DATABASE_URL: settings.ownerUrl,
      SECRETS_KEYS: settings.keys,
      REDIS_URL: settings.redisUrl,
    };
    const command = async (...args: string[]) => {
      const { stdout } = await run('node_modules/.bin/gitlab-sync', args, { env }).catch((error: unknown) => {
        return { stdout: (error as { stdout: string }).stdout };
      });
      return stdout;
    };
    try {
      assert.match(await command('doctor'), /^FIX +schema/m);
      assert.match(await command('migrate'), /^The schema is up to date\. Row-level security is in force\./);
      assert.match(await command('migrate', '--check'), /^The schema is up to date/);
      assert.match(await command('keys:rotate'), /^Encrypted with the first key: 0 tokens/);
      const report = await command('doctor');
      assert.deepEqual(report.match(/^FIX +\S+( \S+)?/gm), ['FIX  public URL'], report);
    } finally {
      await settings.drop();
    }
  });
});
