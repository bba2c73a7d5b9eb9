import type { NestExpressApplication } from '@nestjs/platform-express';
import { SignJWT } from 'jose';
import request from 'supertest';
import { createServer } from '../../apps/server/src/server';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { serviceSettings } from '../support/service-settings';

const SECRET = 'a-secret-that-is-long-enough-to-sign';

describe('the limits on what callers send', () => {
  let database: FreshDatabase;
  let app: NestExpressApplication;
  let authorization: string;

  beforeAll(async () => {
    database = await freshDatabase();
    app = await createServer(
      serviceSettings({
        role: 'all',
        databaseUrl: database.url,
        publicUrl: 'http://127.0.0.1:3000',
        secret: SECRET,
      }),
    );
    const token = new SignJWT({ sub: 'u1', org: 'acme', role: 'admin' }).setProtectedHeader({ alg: 'HS256' });
    authorization = `Bearer ${await token.setExpirationTime('1 hour').sign(new TextEncoder().encode(SECRET))}`;
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  const ORG = '/api/v1/orgs/acme';
  const http = () => request(app.getHttpServer());
  const send = (
    method: 'post' | 'put' | 'patch',
    path: string,
    body: string | Buffer,
    type = 'application/json',
  ) => http()[method](`${ORG}${path}`).set({ authorization }).set('Content-Type', type).send(body);
  const get = (path: string) => http().get(`${ORG}${path}`).set({ authorization });
  const puts = (count: number, content = 'A') =>
    Array.from({ length: count }, (_, i) => ({ op: 'put', path: `notes/limits/${i}.md`, content }));

  describe('a change of several files', () => {
    it('may have 1,000 operations, of texts as they are', async () => {
      const content = `${'Ein Wörterbuch, 漢字 "und" mehr.\n'.repeat(200)}`;
      const { body } = await send(
        'post',
        '/context/changes',
        JSON.stringify({ changes: puts(1_000, content) }),
      ).expect(201);
      expect(body.changeId).toEqual(expect.any(String));
      const { text } = await get('/context/files/notes/limits/999.md').expect(200);
      expect(text).toBe(content);
    });

    it.each([
      ['operations', JSON.stringify({ changes: puts(1_001) })],
      ['numbers', `{"changes":[${'1,'.repeat(50_000)}1]}`],
      ['empty objects', `{"changes":[${'{},'.repeat(50_000)}{}]}`],
      [
        'directories',
        JSON.stringify({
          changes: puts(1_000).map((edit) => ({ ...edit, path: `notes/${'a/'.repeat(2_000)}a.md` })),
        }),
      ],
    ])('is refused with more than 1,000 %s', async (_, body) => {
      const refused = await send('post', '/context/changes', body).expect(422);
      expect(refused.body).toMatchObject({
        code: 'too_many_operations',
        detail: expect.stringContaining('Split it'),
      });
    });

    it('is refused in whatever letters its route is written', async () => {
      await send('post', '/Context/CHANGES/', JSON.stringify({ changes: puts(1_001) })).expect(422);
    });

    it('is refused when it is larger than 16 MiB, or one of its operations than 4', async () => {
      const operation = (bytes: number) => JSON.stringify({ changes: puts(1, 'x'.repeat(bytes)) });
      for (const body of [operation(16 * 1024 * 1024), operation(4 * 1024 * 1024)]) {
        const refused = await send('post', '/context/changes', body).expect(413);
        expect(refused.body.code).toBe('body_too_large');
      }
    });

    it('gets its first 20 errors, with names of a readable length', async () => {
      const changes = puts(1_000).map((edit) => ({ ...edit, ['x'.repeat(500)]: 1 }));
      const refused = await send('post', '/context/changes', JSON.stringify({ changes })).expect(400);
      expect(refused.body.errors).toHaveLength(20);
      expect(refused.body.detail).toContain('and 980 more');
      expect(JSON.stringify(refused.body).length).toBeLessThan(20_000);
    });
  });

  it('shows in the status the size of the files, and the limit', async () => {
    const { body } = await get('/gitlab').expect(200);
    const listed = (await get('/context/files?limit=1').expect(200)).body.items;
    expect(body.quota).toMatchObject({ maxBytes: 1_073_741_824, maxFiles: 100_000 });
    expect(body.quota.files).toBeGreaterThanOrEqual(listed.length);
  });

  it.each([
    ['deep', '{"directories":'.repeat(10_000), 400, 'validation_failed'],
    ['wide', `{${Array.from({ length: 10_000 }, (_, i) => `"k${i}":1`)}}`, 400, 'validation_failed'],
    ['long', `{"directories":[${'"a",'.repeat(20_000)}"a"]}`, 400, 'validation_failed'],
    ['a number', '5', 400, 'validation_failed'],
    ['null', 'null', 400, 'validation_failed'],
    ['large', `{"branch":"${'a'.repeat(300_000)}"}`, 413, 'body_too_large'],
  ])('refuses a body that is %s', async (_, body, status, code) => {
    for (const [method, path] of [
      ['patch', '/gitlab/project'],
      ['put', '/gitlab/connection'],
      ['post', '/context/restore'],
    ] as const) {
      const refused = await send(method, path, body).expect(status);
      expect(refused.body.code).toBe(code);
      expect(refused.body.errors?.length ?? 0).toBeLessThanOrEqual(20);
    }
  });

  const cursor = (position: unknown) => Buffer.from(JSON.stringify(position)).toString('base64url');
  const LISTS = [
    ['/context/files', ['']],
    ['/context/history', [1, 1]],
    ['/gitlab/runs', [1]],
    ['/gitlab/conflicts', [1]],
    ['/gitlab/webhook/deliveries', [1]],
    ['/audit', [1]],
  ] as const;

  describe.each(LISTS)('the list %s', (path, position) => {
    it('takes its own cursor', async () => {
      await get(`${path}?cursor=${cursor(position)}&limit=1`).expect(200);
    });

    it.each([
      ['no base64', 'cursor=%F0%9F%92%A1'],
      ['no JSON', `cursor=${Buffer.from('{').toString('base64url')}`],
      ['no list', `cursor=${cursor({ length: 1 })}`],
      ['a list in a list', `cursor=${cursor([position])}`],
      ['a deep list', `cursor=${Buffer.from('['.repeat(5_000)).toString('base64url')}`],
      ['another type', `cursor=${cursor(position.map((part) => (typeof part === 'number' ? 'a' : 1)))}`],
      ['too long', `cursor=${'a'.repeat(11_001)}`],
      ['a fraction', `cursor=${cursor(position.map(() => 1.5))}`],
      ['beyond all numbers', `cursor=${Buffer.from('[1e999]').toString('base64url')}`],
      ['given twice', `cursor=${cursor(position)}&cursor=${cursor(position)}`],
      ['an object', 'cursor[a]=b'],
      ['a list of its own', 'cursor[]=b'],
    ])('refuses a cursor that is %s', async (_, query) => {
      expect((await get(`${path}?${query}`).expect(400)).body.code).toBe('validation_failed');
    });

    it.each(['0', '201', '-1', '1.5', 'NaN', '', '1&limit=2', '%5B1%5D', '1e2x', '9'.repeat(400)])(
      'refuses the limit %j',
      async (limit) => {
        expect((await get(`${path}?limit=${limit}`).expect(400)).body.code).toBe('validation_failed');
      },
    );

    it('refuses unknown parameters, and names no more than 20 of them', async () => {
      const many = Array.from({ length: 900 }, (_, i) => `k${i}=1`).join('&');
      for (const query of [many, 'constructor[a]=1', 'limit[]=1', 'a=1&a=2']) {
        const { body } = await get(`${path}?${query}`).expect(400);
        expect(body.code).toBe('validation_failed');
        expect(body.errors.length).toBeLessThanOrEqual(20);
      }
    });
  });

  it('gives out cursors that it takes, however long a path is', async () => {
    const directory = `notes/${Array.from({ length: 10 }, () => 'd'.repeat(250)).join('/')}`;
    const changes = ['a', 'b'].map((name) => ({ op: 'put', path: `${directory}/${name}.md`, content: name }));
    await send('post', '/context/changes', JSON.stringify({ changes })).expect(201);
    const query = 'prefix=notes/d&limit=1';
    const first = await get(`/context/files?${query}`).expect(200);
    const second = await get(`/context/files?${query}&cursor=${first.body.nextCursor}`).expect(200);
    expect(second.body).toMatchObject({ items: [{ path: changes[1].path }], nextCursor: null });
  });

  it.each([
    ['a path that is no UTF-8', 'get', '/context/files/notes/%ff.md', 400],
    ['a path that breaks off', 'get', '/context/files/notes/%', 400],
    ['a version that is no UTF-8', 'get', '/context/versions/%ff', 400],
    ['a version of any length', 'get', `/context/versions/${'a'.repeat(10_000)}`, 404],
    ['a run that is no id', 'get', `/gitlab/runs/${'a'.repeat(10_000)}`, 404],
    ['a run with a NUL', 'get', '/gitlab/runs/a%00', 404],
    ['a conflict with a NUL', 'post', '/gitlab/conflicts/a%00/restore', 404],
    ['a path that is too long', 'get', `/context/files/notes/${'a/'.repeat(3_000)}a.md`, 422],
    ['a project that is no number', 'get', '/gitlab/projects/1a/branches', 400],
    ['a prefix that is too long', 'get', `/context/files?prefix=${'a'.repeat(4_097)}`, 400],
    ['a prefix given twice', 'get', '/context/files?prefix=a&prefix=b', 400],
    ['a path given twice', 'get', '/context/history?path=a&path=b', 400],
    ['a message given twice', 'put', '/context/files/notes/m.md?message=a&message=b', 400],
    ['a message that is too long', 'put', `/context/files/notes/m.md?message=${'a'.repeat(5_001)}`, 400],
    ['a search with a NUL', 'get', '/gitlab/projects?search=%00', 400],
    ['a search that is too long', 'get', `/gitlab/projects?search=${'a'.repeat(256)}`, 400],
    ['a state given twice', 'get', '/gitlab/files?state=in_sync&state=in_sync', 400],
    ['a yes or no given twice', 'get', '/gitlab/files?live=true&live=true', 400],
  ] as const)('refuses %s', async (_, method, path, status) => {
    const { body } = await http()[method](`${ORG}${path}`).set({ authorization }).expect(status);
    expect(body).toMatchObject({ status, code: expect.any(String) });
  });

  it('takes any If-Match, and lets the edit through only if it holds', async () => {
    for (const tags of ['"a",'.repeat(3_000), '"', ',,,,', '"'.repeat(10_000), 'W/"a"', '\u00ff']) {
      const edit = http()
        .put(`${ORG}/context/files/notes/tagged.md`)
        .set({ authorization, 'If-Match': tags });
      expect((await edit.send('A').expect(409)).body.code).toBe('version_conflict');
    }
  });

  it('hangs up on a head that is too long', async () => {
    await get(`/context/files?prefix=${'a'.repeat(17_000)}`).expect(431);
  });

  it('reads JSON as UTF-8, so that nothing hides from its limits', async () => {
    const body = Buffer.from(JSON.stringify({ changes: puts(1) }), 'utf16le');
    const refused = await send('post', '/context/changes', body, 'application/json; charset=utf-16le').expect(
      415,
    );
    expect(refused.body.code).toBe('unsupported_media_type');
    await send(
      'post',
      '/context/changes',
      JSON.stringify({ changes: puts(1) }),
      'application/json; charset="UTF-8"',
    ).expect(201);
  });

  it.each([
    'application/json',
    'Application/JSON; charset=utf-8',
    'application/merge-patch+json',
    'text/json',
    'multipart/form-data; boundary=x',
  ])('takes no %s for the text of a file', async (type) => {
    for (const path of ['/context/files/notes/text.md', '/Context/Files/notes/text.md']) {
      const refused = await send('put', path, '{"content":"A"}', type).expect(415);
      expect(refused.body.code).toBe('unsupported_media_type');
    }
    await get('/context/files/notes/text.md').expect(404);
  });
});
