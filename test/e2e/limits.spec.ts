import type { NestExpressApplication } from '@nestjs/platform-express';
import { SignJWT } from 'jose';
import request from 'supertest';
import { createServer } from '../../apps/server/src/server';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { serviceSettings } from '../support/service-settings';

const SECRET = 'a-secret-that-is-long-enough-to-sign';

jest.setTimeout(60_000);

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

    it('is told of its first 20 errors, with names no longer than one can read', async () => {
      const changes = puts(1_000).map((edit) => ({ ...edit, ['x'.repeat(500)]: 1 }));
      const refused = await send('post', '/context/changes', JSON.stringify({ changes })).expect(400);
      expect(refused.body.errors).toHaveLength(20);
      expect(JSON.stringify(refused.body).length).toBeLessThan(20_000);
    });
  });

  it('shows in the status what the files take, and what they may', async () => {
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
