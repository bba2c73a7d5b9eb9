import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { Caller, hostSettings, until } from './support.js';

describe("the README's example", () => {
  it('starts as it stands, and answers a stranger with 401', async () => {
    const settings = await hostSettings();
    const { ownerUrl, keys, publicUrl } = settings;
    const env = { ...process.env, DATABASE_URL: ownerUrl, SECRETS_KEYS: keys, PUBLIC_URL: publicUrl };
    const service = spawn(process.execPath, ['out/src/readme.js'], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const ended = once(service, 'exit');
    try {
      const stranger = new Caller(publicUrl, null);
      const { status, body } = await until(async () => {
        assert.equal(service.exitCode, null, 'it has ended');
        return stranger.call('GET', '/api/v1/orgs/acme/gitlab').catch(() => null);
      });
      assert.deepEqual([status, body['code']], [401, 'unauthenticated']);
    } finally {
      service.kill();
      await ended;
      await settings.drop();
    }
  });
});
