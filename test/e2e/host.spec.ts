import type { NestExpressApplication } from '@nestjs/platform-express';
import { SignJWT } from 'jose';
import request from 'supertest';
import { AuditLog } from '@app/audit';
import { orgId, Secret } from '@app/kernel';
import { createServer } from '../../apps/server/src/server';
import type { ServerSettings } from '../../apps/server/src/settings';
import { freshDatabase, type FreshDatabase } from '../support/database';

const SECRET = 'a-secret-that-is-long-enough-to-sign';

function settings(databaseUrl: string, more: Partial<ServerSettings> = {}): ServerSettings {
  return {
    auth: { key: { secret: new Secret(SECRET) } },
    rateLimitPerMinute: 0,
    logLevel: 'silent',
    metrics: 'beside-api',
    gitLabSync: {
      database: { url: databaseUrl },
      role: 'all',
      keys: new Secret(`local:${Buffer.alloc(32).toString('base64')}`),
      publicUrl: 'http://127.0.0.1:3000',
      gitlab: { timeoutMs: 1000, allowPrivate: [] },
      sync: { concurrency: 1, pollSeconds: 0 },
      maxFileBytes: 1000,
    },
    ...more,
  };
}

async function bearer(claims: object = { org: 'acme', role: 'admin' }): Promise<string> {
  const token = new SignJWT({ sub: 'u1', ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1 hour');
  return `Bearer ${await token.sign(new TextEncoder().encode(SECRET))}`;
}

const ORG = '/api/v1/orgs/{org}';
const OPEN = ['get /health/live', 'get /health/ready', 'get /metrics', 'post /webhooks/gitlab/{endpointId}'];
const PROTECTED = [
  'put /gitlab/connection',
  'post /gitlab/connection/check',
  'delete /gitlab/connection',
  'get /gitlab/projects',
  'get /gitlab/projects/{projectId}/branches',
  'put /gitlab/project',
  'patch /gitlab/project',
  'delete /gitlab/project',
  'get /gitlab',
  'post /gitlab/push',
  'post /gitlab/pull',
  'post /gitlab/plan',
  'get /gitlab/runs',
  'get /gitlab/runs/{id}',
  'get /gitlab/runs/{id}/events',
  'post /gitlab/runs/{id}/confirm',
  'post /gitlab/runs/{id}/cancel',
  'get /gitlab/files',
  'get /gitlab/conflicts',
  'post /gitlab/conflicts/{id}/restore',
  'post /gitlab/webhook/register',
  'post /gitlab/webhook/rotate',
  'get /gitlab/webhook/deliveries',
  'get /context/files',
  'get /context/files/{path}',
  'put /context/files/{path}',
  'delete /context/files/{path}',
  'post /context/changes',
  'get /context/history',
  'get /context/versions/{id}',
  'post /context/restore',
  'get /audit',
].map((route) => route.replace(' ', ` ${ORG}`));

describe('the host', () => {
  let database: FreshDatabase;
  let app: NestExpressApplication;
  let authorization: string;
  const http = () => request(app.getHttpServer());

  beforeAll(async () => {
    database = await freshDatabase();
    app = await createServer(settings(database.url));
    authorization = await bearer();
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('reports that it is alive, and if it is ready', async () => {
    await http().get('/health/live').expect(200, { status: 'alive' });
    await http()
      .get('/health/ready')
      .expect(200, { status: 'ready', checks: { database: 'ok', tenants: 'locked' } });
  });

  it.each([
    ['no token', {}],
    ['a token that is none', { authorization: 'Bearer abc' }],
  ])('answers 401 to %s, for every path of the API', async (_, headers) => {
    for (const path of ['/api/v1/orgs/acme/gitlab', '/api/v1/nothing']) {
      const answer = await http().get(path).set(headers).expect(401);
      expect(answer.type).toBe('application/problem+json');
      expect(answer.body).toMatchObject({ status: 401, code: 'unauthenticated' });
    }
  });

  it('does not read a body before it knows who sends it', async () => {
    await http().post('/api/v1/orgs/acme/context/changes').type('json').send('{"broken').expect(401);
  });

  it.each([
    ['an unknown path', '/nothing', 404, 'not_found'],
    ['an unknown path of the API', '/api/v1/nothing', 404, 'not_found'],
    ['an unknown path beside a probe', '/health/nothing', 404, 'not_found'],
  ])('answers %s with a problem', async (_, path, status, code) => {
    const answer = await http().get(path).set({ authorization }).expect(status);
    expect(answer.type).toBe('application/problem+json');
    expect(answer.body).toMatchObject({ status, code });
  });

  it.each([
    ['JSON that does not parse', '{"a', 400, 'validation_failed'],
    ['more than a route takes', JSON.stringify({ a: 'a'.repeat(300_000) }), 413, 'body_too_large'],
  ])('answers %s with a problem', async (_, body, status, code) => {
    const answer = await http()
      .post('/api/v1/orgs/acme/gitlab/plan')
      .set({ authorization })
      .type('json')
      .send(body)
      .expect(status);
    expect(answer.body).toMatchObject({ status, code });
  });

  it('gives every answer an id, and keeps the caller’s if it can be trusted', async () => {
    const given = await http().get('/health/live').set('X-Request-Id', 'abc-1');
    expect(given.headers['x-request-id']).toBe('abc-1');
    const unusual = await http().get('/health/live').set('X-Request-Id', 'a b"<script>');
    expect(unusual.headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
  });

  it('lets no other origin in, and no page bring scripts of others', async () => {
    const { headers } = await http().get('/docs/').set('Origin', 'https://evil.example').expect(200);
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    expect(headers['content-security-policy']).toContain("script-src 'self';");
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  it('serves Swagger UI from its own files', async () => {
    const page = await http().get('/docs').redirects(1).expect(200);
    const assets = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, asset]) => asset);
    expect(assets.length).toBeGreaterThan(3);
    for (const asset of assets) {
      expect(asset).toMatch(/^\.\/docs\//);
      await http().get(asset.slice(1)).expect(200);
    }
  });

  it('describes every route of the contract, and that a token is asked for', async () => {
    const { body } = await http().get('/docs-json').expect(200);
    expect(body.components.securitySchemes.bearer).toMatchObject({ type: 'http', scheme: 'bearer' });
    const operations = Object.entries<Record<string, { summary?: string; security?: unknown }>>(
      body.paths,
    ).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, more]) => ({ route: `${method} ${path}`, ...more })),
    );
    const routes = operations.map(({ route }) => route);
    expect([...PROTECTED, ...OPEN].filter((route) => !routes.includes(route))).toEqual([]);
    for (const { route, summary, security } of operations) {
      expect([route, summary]).toEqual([route, expect.stringMatching(/\S/)]);
      expect([route, security]).toEqual([route, OPEN.includes(route) ? [] : [{ bearer: [] }]]);
    }
  });

  it.each<[string, string, object, number, string]>([
    [
      'an admin of another org',
      'get /orgs/acme/gitlab',
      { org: 'other', role: 'admin' },
      403,
      'forbidden_org',
    ],
    [
      'a member who wants to push',
      'post /orgs/acme/gitlab/push',
      { org: 'acme', role: 'member' },
      403,
      'forbidden_role',
    ],
    [
      'an operator who wants to push',
      'post /orgs/acme/gitlab/push',
      { role: 'operator' },
      403,
      'forbidden_role',
    ],
    [
      'an operator who wants to read texts',
      'get /orgs/acme/context/files',
      { role: 'operator' },
      403,
      'forbidden_role',
    ],
  ])('turns away %s', async (_, route, claims, status, code) => {
    const [method, path] = route.split(' ') as ['get' | 'post', string];
    const answer = await http()
      [method](`/api/v1${path}`)
      .set({ authorization: await bearer(claims) });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it.each([{ org: 'acme', role: 'admin' }, { org: 'acme', role: 'member' }, { role: 'operator' }])(
    'lets %j read the status',
    async (claims) => {
      const answer = await http()
        .get('/api/v1/orgs/acme/gitlab')
        .set({ authorization: await bearer(claims) });
      expect(answer.body).toMatchObject({ state: 'disconnected' });
    },
  );

  it('reports the duration of requests to Prometheus, by route', async () => {
    await http().get('/health/live');
    const { text } = await http().get('/metrics').expect(200);
    expect(text).toMatch(
      /http_request_duration_seconds_count\{method="GET",route="\/health\/live",status="200"\} \d+/,
    );
  });
});

describe('a host with a limit', () => {
  let database: FreshDatabase;
  let app: NestExpressApplication;
  beforeAll(async () => {
    database = await freshDatabase();
    app = await createServer(settings(database.url, { rateLimitPerMinute: 2, metrics: 'apart' }));
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('refuses requests beyond it, only for that org, and never a probe', async () => {
    const get = (path: string, authorization: string) =>
      request(app.getHttpServer()).get(path).set({ authorization });
    const acme = await bearer();
    await get('/api/v1/nothing', acme).expect(404);
    await get('/api/v1/nothing', acme).expect(404);
    const refusal = await get('/api/v1/nothing', acme).expect(429);
    expect(refusal.body).toMatchObject({ status: 429, code: 'too_many_requests' });
    expect(Number(refusal.headers['retry-after'])).toBeGreaterThan(0);
    await get('/api/v1/nothing', await bearer({ org: 'other', role: 'admin' })).expect(404);
    await get('/health/live', acme).expect(200);
  });

  it('leaves metrics to the port they were given', async () => {
    await request(app.getHttpServer()).get('/metrics').expect(404);
  });
});

describe('a host behind a proxy', () => {
  const FORGED = '198.51.100.66';
  const CLIENT = '203.0.113.7';

  /** @returns the addresses that the audit log has for a refused act, and the answers of a limit of one request a minute */
  async function seenBy(trustProxy: ServerSettings['trustProxy'], forwardedFor: readonly string[]) {
    const database = await freshDatabase();
    const app = await createServer(settings(database.url, { trustProxy, rateLimitPerMinute: 1 }));
    const member = await bearer({ org: 'acme', role: 'member' });
    const statuses: number[] = [];
    for (const forwarded of forwardedFor) {
      const answer = await request(app.getHttpServer())
        .delete('/api/v1/orgs/acme/gitlab/connection')
        .set({ authorization: member, 'x-forwarded-for': forwarded });
      statuses.push(answer.status);
    }
    const log = await app.get(AuditLog, { strict: false }).list(orgId('acme'), {});
    await app.close();
    await database.drop();
    return { addresses: log.items.map(({ from }) => from).reverse(), statuses };
  }

  it('ignores forwarding headers by default, because a client could name any address', async () => {
    expect(await seenBy(undefined, [CLIENT, FORGED])).toEqual({
      addresses: ['127.0.0.1'],
      statuses: [403, 429],
    });
  });

  it.each([
    ['a number of proxies', 1],
    ['their addresses', ['127.0.0.0/8', '::1']],
  ])('believes what the last proxy says, by %s', async (_, trustProxy) => {
    const forwarded = [`${FORGED}, ${CLIENT}`, `198.51.100.67, ${CLIENT}`, '203.0.113.8'];
    expect(await seenBy(trustProxy, forwarded)).toEqual({
      addresses: [CLIENT, '203.0.113.8'],
      statuses: [403, 429, 403],
    });
  });

  it('uses the connection’s address if the header holds none', async () => {
    expect(await seenBy(1, ['<script>', 'x'.repeat(500)])).toEqual({
      addresses: ['127.0.0.1'],
      statuses: [403, 429],
    });
  });
});

describe('a host without docs', () => {
  it('serves neither Swagger UI nor the document', async () => {
    const database = await freshDatabase();
    const app = await createServer(settings(database.url, { docs: 'off' }));
    for (const path of ['/docs', '/docs/', '/docs/swagger-ui.css', '/docs-json', '/docs-yaml'])
      await request(app.getHttpServer()).get(path).expect(404);
    await app.close();
    await database.drop();
  });
});

const whereRedisAnswers = process.env.TEST_REDIS_URL ? describe : describe.skip;

whereRedisAnswers('a host with Redis', () => {
  it('is ready when both answer', async () => {
    const database = await freshDatabase();
    const alone = settings(database.url);
    const redisUrl = process.env.TEST_REDIS_URL!;
    const gitLabSync = { ...alone.gitLabSync, wakeQueue: { url: redisUrl } };
    const app = await createServer({ ...alone, gitLabSync });
    await request(app.getHttpServer())
      .get('/health/ready')
      .expect(200, { status: 'ready', checks: { database: 'ok', redis: 'ok', tenants: 'locked' } });
    await app.close();
    await database.drop();
  });
});
