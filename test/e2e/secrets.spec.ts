import { randomBytes } from 'node:crypto';
import { Client as Postgres } from 'pg';
import { SignJWT } from 'jose';
import { FakeGitLabInstance, startFakeGitLabServer, type FakeGitLabServer } from '@app/fake-gitlab';
import { SystemClock } from '@app/kernel';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { Client, freePort } from '../support/service';
import { ServiceProcess } from '../support/service-process';

const ORG = 'acme';
const URL_PASSWORD = 'hidden-in-a-url-7d3f';
const WRONG_TOKEN = 'glpat-WrongButStillSecret42';

interface Answer {
  readonly route: string;
  readonly text: string;
}

/** The service as operators run it, talkative and through good and bad times; then everything it left behind is searched. */
describe('the secrets of an installation', () => {
  const jwtSecret = randomBytes(32).toString('base64url');
  const key = randomBytes(32).toString('base64');
  const answers: Answer[] = [];
  let gitlab: FakeGitLabInstance;
  let gitlabServer: FakeGitLabServer;
  let database: FreshDatabase;
  let service: ServiceProcess;
  let url: string;
  let jwt: string;
  let first: ReturnType<FakeGitLabInstance['givenToken']>;
  let second: ReturnType<FakeGitLabInstance['givenToken']>;
  let webhookSecrets: string[];
  let dumpWhileConnected: string;

  beforeAll(async () => {
    gitlab = new FakeGitLabInstance({ clock: new SystemClock() });
    gitlabServer = await startFakeGitLabServer(gitlab);
    database = await freshDatabase();
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    service = await ServiceProcess.main({
      PORT: String(port),
      DATABASE_URL: database.url,
      AUTH_JWT_SECRET: jwtSecret,
      SECRETS_KEYS: `first:${key}`,
      GITLAB_ALLOW_PRIVATE: '127.0.0.1',
      GITLAB_TIMEOUT_MS: '2000',
      LOG_LEVEL: 'trace',
    }).ready();
    jwt = await new SignJWT({ org: ORG, role: 'admin', name: 'Ada' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('ada')
      .setExpirationTime('1 hour')
      .sign(new TextEncoder().encode(jwtSecret));
    first = gitlab.givenToken('ada');
    second = gitlab.givenToken('ada');
    await liveThroughEverything();
  });
  afterAll(async () => {
    await service.stop();
    await gitlabServer.close();
    await database.drop();
  });

  /** @returns the answer's body; the whole answer is kept for the search */
  async function call(method: string, path: string, body?: object): Promise<Record<string, never>> {
    const answer = await fetch(`${url}/api/v1/orgs/${ORG}/${path}`, {
      method,
      headers: { authorization: `Bearer ${jwt}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    answers.push({
      route: `${method} ${path}`,
      text: `${JSON.stringify([...answer.headers])} ${text}`,
    });
    return text.startsWith('{') ? JSON.parse(text) : {};
  }

  async function liveThroughEverything(): Promise<void> {
    const settled = () => new Client(url, ORG, jwt).settled();
    const project = gitlab.givenProject('ada/context', { files: { 'notes/a.md': 'a\n' } });
    const instanceUrl = gitlab.url;
    await call('PUT', 'gitlab/connection', { token: WRONG_TOKEN, instanceUrl });
    await call('PUT', 'gitlab/connection', { token: { nested: WRONG_TOKEN }, instanceUrl });
    await call('PUT', 'gitlab/connection', {
      token: first.value,
      instanceUrl: `https://ada:${URL_PASSWORD}@gitlab.com`,
    });
    await call('PUT', 'gitlab/connection', { token: first.value, instanceUrl });
    await call('POST', 'gitlab/connection/check');
    await call('GET', 'gitlab/projects?search=context');
    await call('PUT', 'gitlab/project', { projectId: project.id });
    await settled();
    await call('PATCH', 'gitlab/project', { autoSync: true });
    await call('POST', 'gitlab/webhook/register');
    const status = await call('GET', 'gitlab');
    const before = await call('GET', 'gitlab/webhook/secret');
    const rotated = await call('POST', 'gitlab/webhook/rotate');
    webhookSecrets = [before, rotated].flatMap(({ secret, signingToken }) => [secret, signingToken]);
    gitlab.git.push(project, 'main', { files: { 'notes/b.md': 'b\n' } });
    await gitlab.deliveries.settled();
    await forgeDelivery(status['webhook']['url']);
    await call('POST', 'context/changes', {
      changes: [{ op: 'put', path: 'notes/a.md', content: 'Ada\n' }],
    });
    await settled();
    await failInEveryWay();
    await settled();
    await call('GET', 'gitlab/runs');
    await call('GET', 'gitlab/webhook/deliveries');
    first.revoked = true;
    await call('POST', 'gitlab/pull');
    await settled();
    await call('POST', 'gitlab/connection/check');
    await call('PUT', 'gitlab/connection', { token: second.value, instanceUrl });
    await settled();
    for (const path of ['gitlab', 'gitlab/files', 'gitlab/conflicts', 'audit', 'context/history'])
      await call('GET', path);
    dumpWhileConnected = await dump();
    await call('DELETE', 'gitlab/connection');
  }

  async function forgeDelivery(endpoint: string): Promise<void> {
    const headers = { 'x-gitlab-event': 'Push Hook', 'x-gitlab-token': WRONG_TOKEN };
    await fetch(endpoint, { method: 'POST', headers, body: WRONG_TOKEN });
  }

  async function failInEveryWay(): Promise<void> {
    const { faults } = gitlab.calls;
    faults.add({ fault: { kind: 'reset' }, times: 3 });
    faults.add({ fault: { kind: 'server-error', status: 502, body: 'html' }, times: 2 });
    faults.add({ fault: { kind: 'truncated' }, times: 2 });
    faults.add({ fault: { kind: 'rate-limit', style: 'rack-attack', retryAfterSeconds: 1 } });
    for (let tries = 0; tries < 4; tries++) await call('POST', 'gitlab/plan');
    faults.clear();
    await call('POST', 'gitlab/pull');
  }

  /** Returns every row of every table as text; bytes as readable text if they are readable. */
  async function dump(): Promise<string> {
    const client = new Postgres(database.ownerUrl);
    await client.connect();
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'gitlab_sync'`,
    );
    const texts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<Record<string, unknown>>(`SELECT * FROM "${name}"`);
      texts.push(...rows.map((row) => `${name} ${JSON.stringify(row, asText)}`));
    }
    await client.end();
    return texts.join('\n');
  }

  const secrets = () => ({
    'the first token': first.value,
    'the second token': second.value,
    'a token GitLab refused': WRONG_TOKEN,
    'a password in a URL': URL_PASSWORD,
    'the secret that signs': jwtSecret,
    "the caller's token": jwt,
    'the key of the vault': key,
    ...Object.fromEntries(webhookSecrets.map((secret, index) => [`webhook secret ${index}`, secret])),
  });

  it('were all in use', () => {
    expect(webhookSecrets).toHaveLength(4);
    expect(new Set(webhookSecrets).size).toBe(4);
    expect(answers.filter(({ text }) => text.includes('"succeeded"')).length).toBeGreaterThan(0);
    expect(answers.filter(({ text }) => text.includes('token_rejected')).length).toBeGreaterThan(1);
    expect(dumpWhileConnected).toContain('"sealed_token":"v1.first.');
    expect(service.printed.split('\n').length).toBeGreaterThan(50);
  });

  it('are in no row of the database', async () => {
    expect(foundIn(dumpWhileConnected)).toEqual([]);
    expect(foundIn(await dump())).toEqual([]);
  });

  it('are gone once disconnected, sealed as they were', async () => {
    expect(await dump()).not.toMatch(/"v1\.first\./);
  });

  it('are in no line of the log, at its most talkative', () => {
    expect(service.printed).toMatch(/"level":(10|20)/);
    expect(foundIn(service.printed)).toEqual([]);
  });

  it('are in no answer, but for the webhook’s, which admins copy into GitLab', () => {
    const leaks = answers.flatMap(({ route, text }) => foundIn(text).map((name) => `${route}: ${name}`));
    const allowed = /^(GET gitlab\/webhook\/secret|POST gitlab\/webhook\/rotate): webhook secret \d$/;
    expect(leaks.filter((leak) => !allowed.test(leak))).toEqual([]);
    expect(leaks.length).toBeGreaterThan(2);
  });

  it('are kept by no cache', () => {
    const telling = answers.filter(({ text }) => foundIn(text).length);
    const kept = telling.filter(({ text }) => !text.includes('["cache-control","no-store"]'));
    expect(kept.map(({ route }) => route)).toEqual([]);
    expect(telling).toHaveLength(2);
  });

  it('are in no metric, and no page', async () => {
    for (const path of ['/metrics', '/docs-json', '/health/ready'])
      expect(foundIn(await (await fetch(`${url}${path}`)).text())).toEqual([]);
  });

  it('would be found, however they are written', () => {
    const { value } = first;
    for (const form of [value, encodeURIComponent(value), base64(value), `\n${hex(value)}`])
      expect(foundIn(`before${form}after`)).toEqual(['the first token']);
  });

  function foundIn(text: string): string[] {
    return Object.entries(secrets())
      .filter(([, secret]) => formsOf(secret).some((form) => text.includes(form)))
      .map(([name]) => name);
  }
});

const formsOf = (secret: string) => [secret, encodeURIComponent(secret), base64(secret), hex(secret)];
const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/=+$/, '');
const hex = (text: string) => Buffer.from(text).toString('hex');

function asText(_: string, value: unknown): unknown {
  const bytes = value as { type?: string; data?: number[] } | null;
  return bytes?.type === 'Buffer' ? Buffer.from(bytes.data ?? []).toString() : value;
}
