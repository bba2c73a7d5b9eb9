import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { SignJWT } from 'jose';
import { Client } from 'pg';
import { migrations } from '@app/gitlab-sync';
import { apiClient } from '../support/api';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { freePort } from '../support/service';
import { ServiceProcess } from '../support/service-process';

/** Building it takes longer than a start. */
const LONGEST_START_MS = 240_000;

/** Lets the first line of the start fail that asks for a port. */
const FAILS_TO_LISTEN = `import net from 'node:net';
net.Server.prototype.listen = () => { throw new Error('no port for a spec'); };`;

/** The compiler of the bundle and that of specs do not list parameters in the same order. */
const inOrder = (document: string): unknown =>
  JSON.parse(document, (key, value: { name: string }[]) =>
    key === 'parameters' && Array.isArray(value) ? value.sort((a, b) => (a.name < b.name ? -1 : 1)) : value,
  );

describe('The bundle that `npm start` runs', () => {
  const secret = randomBytes(32).toString('base64url');
  let stored: FreshDatabase;
  let env: NodeJS.ProcessEnv;
  let url: string;
  let service: ServiceProcess;

  beforeAll(async () => {
    stored = await freshDatabase();
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    env = {
      ...{ PORT: String(port), DATABASE_URL: stored.url, REDIS_URL: '', AUTH_JWT_SECRET: secret },
      SECRETS_KEYS: `one:${Buffer.alloc(32, 7).toString('base64')}`,
    };
    service = await ServiceProcess.bundle(env).ready();
  }, LONGEST_START_MS);
  afterAll(async () => {
    await service.kill();
    await stored.drop();
  });

  it('serves the settings page, and the document that its decorators describe', async () => {
    expect((await fetch(`${url}/panel`)).status).toBe(200);
    expect((await fetch(`${url}/docs`)).status).toBe(200);
    expect((await fetch(`${url}/docs/swagger-ui-bundle.js`)).status).toBe(200);
    const served = await (await fetch(`${url}/docs-json`)).text();
    expect(inOrder(served)).toEqual(inOrder(readFileSync('docs/openapi.json', 'utf8')));
  });

  it('inspects texts in worker threads', async () => {
    const token = await new SignJWT({ org: 'acme', role: 'admin' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('ada')
      .setExpirationTime('1 hour')
      .sign(new TextEncoder().encode(secret));
    const { error } = await apiClient(url, token).POST('/api/v1/orgs/{org}/context/changes', {
      params: { path: { org: 'acme' } },
      body: { source: 'user', changes: [{ op: 'put', path: 'notes/broken.yaml', content: '[' }] },
    });
    expect(error).toMatchObject({ status: 422, code: 'content_invalid' });
  });

  it('keeps the names of classes that the database stores', async () => {
    const client = new Client(stored.ownerUrl);
    await client.connect();
    const { rows } = await client.query('SELECT name FROM gitlab_sync.migrations ORDER BY timestamp');
    await client.end();
    expect(rows.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name));
  });

  it('names sources in stack traces', async () => {
    const hook = `--import=data:text/javascript,${encodeURIComponent(FAILS_TO_LISTEN)}`;
    const failing = ServiceProcess.bundle({ ...env, NODE_OPTIONS: hook });
    expect(await failing.ended()).toBe(1);
    expect(failing.printed).toMatch(
      /^Error: no port for a spec\n[^]*^ {4}at .*\bapps\/server\/src\/main\.ts:\d+:\d+\b/m,
    );
  });
});
