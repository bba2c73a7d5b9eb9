import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import type { CryptoKey, GenerateKeyPairResult, JWTHeaderParameters, JWTPayload } from 'jose';
import { Secret } from '@app/gitlab-sync';
import { Authentication } from './authentication';

const SECRET = 'a-secret-that-is-long-enough-to-sign';
const bytes = new TextEncoder().encode(SECRET);
/** For as long as this, keys that were read count as current. */
const KEYS_LAST_MS = 601_000;
/** All but the date: the keys are read over a real socket. */
const NOT_FAKED = [
  ...(['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate'] as const),
  ...(['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const),
];

const ada = { sub: 'u1', org: 'acme', role: 'admin', name: 'Ada', email: 'ada@example.com' };

const typed = (typ: unknown) =>
  new SignJWT(ada)
    .setProtectedHeader({ alg: 'HS256', typ } as JWTHeaderParameters)
    .setExpirationTime('1 hour')
    .sign(bytes);

const signed = (claims: JWTPayload, expires = '1 hour', key: Uint8Array = bytes, alg = 'HS256') =>
  new SignJWT(claims).setProtectedHeader({ alg }).setExpirationTime(expires).sign(key);

describe('authentication with a secret', () => {
  const authentication = new Authentication({ key: { secret: new Secret(SECRET) } });
  const callerOf = (token: string) => authentication.callerOf(`Bearer ${token}`, '127.0.0.1');

  it('knows who calls', async () => {
    expect(await callerOf(await signed(ada))).toEqual({
      subject: 'u1',
      role: 'admin',
      org: 'acme',
      author: { name: 'Ada', email: 'ada@example.com' },
      address: '127.0.0.1',
      expiresAt: expect.any(Date),
    });
  });

  it('knows when the token ends', async () => {
    const ends = new Date('2100-01-01T00:00:00Z');
    const token = new SignJWT(ada).setProtectedHeader({ alg: 'HS256' }).setExpirationTime(ends).sign(bytes);
    expect((await callerOf(await token)).expiresAt).toEqual(ends);
  });

  it('knows the address of each request, though the token is the same', async () => {
    const token = `Bearer ${await signed(ada)}`;
    const addresses = ['10.0.0.1', '10.0.0.2'];
    const callers = await Promise.all(addresses.map((address) => authentication.callerOf(token, address)));
    expect(callers.map(({ address }) => address)).toEqual(addresses);
    expect(await authentication.callerOf(token, '10.0.0.3')).toMatchObject({ address: '10.0.0.3' });
  });

  it('lets an operator belong to no org', async () => {
    expect(await callerOf(await signed({ sub: 'u1', role: 'operator' }))).toMatchObject({
      role: 'operator',
      org: null,
    });
  });

  it.each<[claim: string, what: string, value: unknown]>([
    ['sub', 'a number', 7],
    ['sub', 'a list', ['u1']],
    ['sub', 'an object', { id: 'u1' }],
    ['sub', 'blank', ' '],
    ['sub', 'too long', 'x'.repeat(256)],
    ['role', 'a list with one role', ['admin']],
    ['role', 'in capitals', 'ADMIN'],
    ['role', 'a property of every object', 'constructor'],
    ['org', 'a number', 7],
    ['org', 'null', null],
    ['org', 'a list with one org', ['acme']],
    ['org', 'empty', ''],
    ['org', 'too long', 'x'.repeat(65)],
    ['name', 'a number', 7],
    ['name', 'null', null],
    ['name', 'too long', 'x'.repeat(256)],
    ['email', 'a list', ['ada@example.com']],
    ['email', 'too long', `${'x'.repeat(320)}@example.com`],
  ])('refuses a token whose %s is %s, and names the claim', async (claim, _, value) => {
    const refused = callerOf(await signed({ ...ada, [claim]: value } as JWTPayload));
    await expect(refused).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(refused).rejects.toThrow(`"${claim}"`);
  });

  it.each(['acme', '', null])('refuses an operator whose org is %j', async (org) => {
    const refused = callerOf(await signed({ sub: 'u1', role: 'operator', org } as JWTPayload));
    await expect(refused).rejects.toThrow('"org"');
  });

  it.each<[string, () => Promise<string> | string]>([
    ['has expired', () => signed(ada, '1 hour ago')],
    ['never expires', () => new SignJWT(ada).setProtectedHeader({ alg: 'HS256' }).sign(bytes)],
    ['is signed with another secret', () => signed(ada, '1 hour', new TextEncoder().encode(`${SECRET}!`))],
    ['is not signed', () => new UnsecuredJWT(ada).setExpirationTime('1 hour').encode()],
    ['names another algorithm', () => signed(ada, '1 hour', new Uint8Array(64), 'HS512')],
    ['is no token', () => 'abc'],
    ['has no subject', () => signed({ ...ada, sub: undefined })],
    ['has an empty subject', () => signed({ ...ada, sub: '' })],
    ['has no org', () => signed({ ...ada, org: undefined })],
    ['has an impossible org', () => signed({ ...ada, org: '../b' })],
    ['has a list of orgs', () => signed({ ...ada, org: ['acme', 'other'] })],
    ['has an unknown role', () => signed({ ...ada, role: 'root' })],
    ['has no role', () => signed({ ...ada, role: undefined })],
  ])('refuses a token that %s', async (_, make) => {
    await expect(callerOf(await make())).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it.each([undefined, 'JWT', 'jwt', 'at+jwt', 'application/at+jwt', 'application/AT+JWT'])(
    'takes a token of the type %j',
    async (typ) => {
      await expect(callerOf(await typed(typ))).resolves.toMatchObject({ subject: 'u1' });
    },
  );

  it.each([
    'logout+jwt',
    'dpop+jwt',
    'secevent+jwt',
    'application/logout+jwt',
    'id_token',
    '',
    'JWT ',
    7,
    ['JWT'],
  ])('refuses a token of the type %j', async (typ) => {
    const refused = callerOf(await typed(typ));
    await expect(refused).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(refused).rejects.toThrow('access token');
  });

  it.each([undefined, '', 'Basic YTpi', 'Bearer', 'Bearer a b'])('refuses the header %j', async (header) => {
    await expect(authentication.callerOf(header, '')).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('checks audience and issuer if they are configured', async () => {
    const strict = new Authentication({
      key: { secret: new Secret(SECRET) },
      audience: 'dot',
      issuer: 'https://id',
    });
    const good = `Bearer ${await signed({ ...ada, aud: 'dot', iss: 'https://id' })}`;
    await expect(strict.callerOf(good, '')).resolves.toMatchObject({ subject: 'u1' });
    for (const claims of [
      ada,
      { ...ada, aud: 'dot', iss: 'https://evil' },
      { ...ada, aud: 'x', iss: 'https://id' },
    ]) {
      await expect(strict.callerOf(`Bearer ${await signed(claims)}`, '')).rejects.toMatchObject({
        code: 'unauthenticated',
      });
    }
  });
});

describe('authentication with public keys', () => {
  let server: Server;
  let jwksUrl: string;
  let keys: GenerateKeyPairResult;
  const audience = 'dot';
  const issuer = 'https://id.example.com';
  const withKeys = (url = jwksUrl) => new Authentication({ key: { jwksUrl: url }, audience, issuer });

  beforeAll(async () => {
    keys = await generateKeyPair('ES256');
    const body = JSON.stringify({
      keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'ES256' }],
    });
    server = createServer((_, response) => response.setHeader('content-type', 'application/json').end(body));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
  });
  afterAll(() => server.close());

  const withKey = (alg: string, key: CryptoKey | Uint8Array, claims: JWTPayload = {}) =>
    new SignJWT({ ...ada, aud: audience, iss: issuer, ...claims })
      .setProtectedHeader({ alg, kid: 'k1' })
      .setExpirationTime('1 hour')
      .sign(key);

  it('takes what the private key signed', async () => {
    const token = await withKey('ES256', keys.privateKey);
    const caller = await withKeys().callerOf(`Bearer ${token}`, '');
    expect(caller).toMatchObject({ subject: 'u1', org: 'acme' });
  });

  it.each<[string, JWTPayload]>([
    ['an id_token for another program', { aud: 'web-client', nonce: 'n', at_hash: 'h' }],
    ['a token for several others', { aud: ['web-client', 'billing'] }],
    ['a token for no audience', { aud: undefined }],
    ['a token of another issuer', { iss: 'https://other.example.com' }],
    ['a token of no issuer', { iss: undefined }],
  ])('refuses %s, though it is signed with the same keys', async (_, claims) => {
    const token = await withKey('ES256', keys.privateKey, claims);
    await expect(withKeys().callerOf(`Bearer ${token}`, '')).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  it('refuses a token that it took before, once the key is withdrawn and the keys have to be read again', async () => {
    const listed = [{ ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'ES256' }];
    const provider = createServer((_, response) =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: listed })),
    );
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    const { port } = provider.address() as AddressInfo;
    const authentication = withKeys(`http://127.0.0.1:${port}/keys`);
    const token = `Bearer ${await withKey('ES256', keys.privateKey)}`;
    await authentication.callerOf(token, '');
    listed[0].kid = 'k2';
    listed[0].x = (await exportJWK((await generateKeyPair('ES256')).publicKey)).x;
    await expect(authentication.callerOf(token, '')).resolves.toMatchObject({ subject: 'u1' });
    jest.useFakeTimers({ doNotFake: NOT_FAKED, now: Date.now() + KEYS_LAST_MS });
    try {
      await expect(authentication.callerOf(token, '')).rejects.toMatchObject({ code: 'unauthenticated' });
    } finally {
      jest.useRealTimers();
      provider.closeAllConnections();
      provider.close();
    }
  });

  it('refuses a symmetric signature, made with whatever is public', async () => {
    const publicBytes = new TextEncoder().encode(JSON.stringify(await exportJWK(keys.publicKey)));
    const call = withKeys().callerOf(`Bearer ${await withKey('HS256', publicBytes)}`, '');
    await expect(call).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('blames the keys, not the token, while they cannot be read', async () => {
    const token = await withKey('ES256', keys.privateKey);
    const unreachable = withKeys('http://127.0.0.1:9/keys');
    await expect(unreachable.callerOf(`Bearer ${token}`, '')).rejects.toMatchObject({
      code: 'auth_unavailable',
    });
  });
});
