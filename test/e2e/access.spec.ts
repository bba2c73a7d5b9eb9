import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createSecretKey } from 'node:crypto';
import { SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import request from 'supertest';
import { createServer } from '../../apps/server/src/server';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { routesOf } from '../support/routes';
import { serviceSettings } from '../support/service-settings';

type Rule = 'anyone' | 'admin, member, operator' | 'admin, member' | 'admin';

/** The callers that each route admits. A route that is missing here fails the test, and so does one that no longer exists. */
const RULES: Readonly<Record<string, Rule>> = {
  'get /health/live': 'anyone',
  'get /health/ready': 'anyone',
  'get /metrics': 'anyone',
  'post /webhooks/gitlab/{endpointId}': 'anyone',
  'get /api/v1/orgs/{org}/gitlab': 'admin, member, operator',
  'get /api/v1/orgs/{org}/gitlab/events': 'admin, member, operator',
  'get /api/v1/orgs/{org}/gitlab/feed': 'admin',
  'get /api/v1/orgs/{org}/gitlab/runs': 'admin, member, operator',
  'get /api/v1/orgs/{org}/gitlab/runs/{id}': 'admin, member, operator',
  'get /api/v1/orgs/{org}/gitlab/runs/{id}/events': 'admin, member, operator',
  'get /api/v1/orgs/{org}/gitlab/runs/{id}/changes': 'admin, member',
  'get /api/v1/orgs/{org}/gitlab/files': 'admin, member',
  'get /api/v1/orgs/{org}/gitlab/files/{path}': 'admin, member',
  'get /api/v1/orgs/{org}/gitlab/conflicts': 'admin, member',
  'get /api/v1/orgs/{org}/context/files': 'admin, member',
  'get /api/v1/orgs/{org}/context/files/{path}': 'admin, member',
  'put /api/v1/orgs/{org}/context/files/{path}': 'admin, member',
  'delete /api/v1/orgs/{org}/context/files/{path}': 'admin, member',
  'post /api/v1/orgs/{org}/context/changes': 'admin, member',
  'get /api/v1/orgs/{org}/context/history': 'admin, member',
  'get /api/v1/orgs/{org}/context/versions/{id}': 'admin, member',
  'post /api/v1/orgs/{org}/context/restore': 'admin',
  'put /api/v1/orgs/{org}/gitlab/connection': 'admin',
  'patch /api/v1/orgs/{org}/gitlab/connection': 'admin',
  'post /api/v1/orgs/{org}/gitlab/connection/check': 'admin',
  'delete /api/v1/orgs/{org}/gitlab/connection': 'admin',
  'get /api/v1/orgs/{org}/gitlab/projects': 'admin',
  'get /api/v1/orgs/{org}/gitlab/projects/{projectId}/branches': 'admin',
  'put /api/v1/orgs/{org}/gitlab/project': 'admin',
  'patch /api/v1/orgs/{org}/gitlab/project': 'admin',
  'delete /api/v1/orgs/{org}/gitlab/project': 'admin',
  'post /api/v1/orgs/{org}/gitlab/push': 'admin',
  'post /api/v1/orgs/{org}/gitlab/pull': 'admin',
  'post /api/v1/orgs/{org}/gitlab/plan': 'admin',
  'post /api/v1/orgs/{org}/gitlab/runs/{id}/confirm': 'admin',
  'post /api/v1/orgs/{org}/gitlab/runs/{id}/keep': 'admin',
  'post /api/v1/orgs/{org}/gitlab/runs/{id}/cancel': 'admin',
  'post /api/v1/orgs/{org}/gitlab/conflicts/{id}/restore': 'admin',
  'post /api/v1/orgs/{org}/gitlab/conflicts/{id}/dismiss': 'admin',
  'post /api/v1/orgs/{org}/gitlab/webhook/register': 'admin',
  'post /api/v1/orgs/{org}/gitlab/webhook/rotate': 'admin',
  'get /api/v1/orgs/{org}/gitlab/webhook/secret': 'admin',
  'get /api/v1/orgs/{org}/gitlab/webhook/deliveries': 'admin',
  'post /api/v1/orgs/{org}/gitlab/files/release': 'admin',
  'post /api/v1/orgs/{org}/gitlab/merge-request/propose': 'admin',
  'post /api/v1/orgs/{org}/gitlab/merge-request/discard': 'admin',
  'get /api/v1/orgs/{org}/gitlab/notifications': 'admin',
  'put /api/v1/orgs/{org}/gitlab/notifications': 'admin',
  'post /api/v1/orgs/{org}/gitlab/notifications/test': 'admin',
  'get /api/v1/orgs/{org}/audit': 'admin',
};

const SECRET = 'a-secret-that-is-long-enough-to-sign';
const GOOD = { sub: 'u1', aud: 'dot', iss: 'https://id.example.com', exp: secondsFromNow(3600) };

interface Caller {
  readonly role?: 'admin' | 'member' | 'operator';
  readonly token: () => Promise<string> | string | undefined;
  /** The refusal that they get at every route that is not open to anyone; if it is absent, their role decides. */
  readonly refusal?: 'unauthenticated' | 'forbidden_org';
}

const admin = { ...GOOD, org: 'acme', role: 'admin' };
const good = (role: 'admin' | 'member' | 'operator', org?: string): Caller => ({
  role,
  token: () => signed({ ...GOOD, role, org }),
});
const bad = (token: Caller['token']): Caller => ({ token, refusal: 'unauthenticated' });

const CALLERS: readonly (readonly [string, Caller])[] = [
  ['an admin', good('admin', 'acme')],
  ['a member', good('member', 'acme')],
  ['an operator', good('operator')],
  ['an admin of another org', { ...good('admin', 'globex'), refusal: 'forbidden_org' }],
  ['a member of another org', { ...good('member', 'globex'), refusal: 'forbidden_org' }],
  ['nobody', bad(() => undefined)],
  ['a text that is no token', bad(() => 'abc')],
  ['an expired token', bad(() => signed({ ...admin, exp: secondsFromNow(-60) }))],
  ['a token that never expires', bad(() => signed({ ...admin, exp: undefined }))],
  ['a token for later', bad(() => signed({ ...admin, nbf: secondsFromNow(3600) }))],
  ['a token of nobody', bad(() => signed({ ...admin, sub: undefined }))],
  ['a token whose subject is a number', bad(() => signed({ ...admin, sub: 7 } as unknown as JWTPayload))],
  ['a token whose org is a list', bad(() => signed({ ...admin, org: ['acme'] }))],
  ['an operator of an org', bad(() => signed({ ...admin, role: 'operator' }))],
  ['a token whose name is an object', bad(() => signed({ ...admin, name: {} }))],
  ['a token without a role', bad(() => signed({ ...admin, role: undefined }))],
  ['a token with an unknown role', bad(() => signed({ ...admin, role: 'root' }))],
  ['a token without an org', bad(() => signed({ ...admin, org: undefined }))],
  ['a token for another audience', bad(() => signed({ ...admin, aud: 'other' }))],
  ['a token of another issuer', bad(() => signed({ ...admin, iss: 'https://other.example.com' }))],
  ['a token without audience and issuer', bad(() => signed({ ...admin, aud: undefined, iss: undefined }))],
  ['alg:none', bad(() => new UnsecuredJWT(admin).encode())],
  ['a wrong key', bad(() => signed(admin, 'another-secret-that-is-long-enough!!'))],
  ['another algorithm', bad(() => signed(admin, SECRET, 'HS512'))],
  ['claims changed after signing', bad(async () => withClaims(await signed({ ...admin, role: 'member' })))],
];

describe('the access table of all routes', () => {
  let database: FreshDatabase;
  let app: NestExpressApplication;
  let documented: string[];

  beforeAll(async () => {
    database = await freshDatabase();
    const { auth, ...settings } = serviceSettings({
      role: 'web',
      databaseUrl: database.url,
      publicUrl: 'http://127.0.0.1:3000',
      secret: SECRET,
    });
    app = await createServer({ ...settings, auth: { ...auth, audience: GOOD.aud, issuer: GOOD.iss } });
    const { body } = await request(app.getHttpServer()).get('/docs-json').expect(200);
    documented = Object.entries<object>(body.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    );
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('is said of every route in the document, and of no other', () => {
    expect(documented.sort()).toEqual(Object.keys(RULES).sort());
  });

  it('leaves out no route the server answers to', () => {
    expect(routesOf(app)).toEqual(Object.keys(RULES).sort());
  });

  describe.each(CALLERS)('%s', (_, caller) => {
    it.each(Object.entries(RULES))('%s (%s)', async (route, rule) => {
      const answer = await call(route, await caller.token());
      const outcome = [401, 403].includes(answer.status) ? answer.body.code : 'let in';
      expect(outcome).toBe(expectation(rule, caller));
      expect(answer.status).toBeLessThan(500);
    });
  });

  it('records in the audit log a member’s attempts at the admin’s actions', async () => {
    const { body } = await call('get /api/v1/orgs/{org}/audit?limit=200', await signed(admin));
    const refused = (body.items as { actor: { role: string }; result: string; action: string }[]).filter(
      ({ actor, result }) => actor.role === 'member' && result === 'forbidden_role',
    );
    const changes = Object.entries(RULES).filter(
      ([route, rule]) => rule === 'admin' && (!route.startsWith('get ') || route.endsWith('/secret')),
    );
    expect(new Set(refused.map(({ action }) => action)).size).toBe(changes.length);
  });

  function call(route: string, token: string | undefined) {
    const [method, path] = route.split(' ') as ['get' | 'put' | 'post' | 'patch' | 'delete', string];
    const url = path
      .replace('{org}', 'acme')
      .replace('{projectId}', '1')
      .replace(/\{\w+\}/, 'x');
    const sent = request(app.getHttpServer())[method](url);
    sent.buffer(true).parse(untilTheStream);
    return token === undefined ? sent : sent.set('authorization', `Bearer ${token}`);
  }
});

/** Reads JSON, and hangs up on a stream: it would not end. */
function untilTheStream(response: request.Response, done: (error: Error | null, body: unknown) => void) {
  const message = response as unknown as IncomingMessage;
  if (message.headers['content-type']?.startsWith('text/event-stream')) {
    message.destroy();
    return done(null, {});
  }
  void text(message).then((body) => done(null, /^[{[]/.test(body) ? JSON.parse(body) : body));
}

function expectation(rule: Rule, { role, refusal }: Caller): string {
  if (rule === 'anyone') return 'let in';
  if (refusal) return refusal;
  return role && rule.split(', ').includes(role) ? 'let in' : 'forbidden_role';
}

function secondsFromNow(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds;
}

function signed(claims: JWTPayload, secret = SECRET, alg = 'HS256'): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg }).sign(createSecretKey(Buffer.from(secret)));
}

/** The signature of one set of claims under another. */
function withClaims(token: string): string {
  const [header, , signature] = token.split('.');
  return [header, Buffer.from(JSON.stringify(admin)).toString('base64url'), signature].join('.');
}
