import type { NestExpressApplication } from '@nestjs/platform-express';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import request from 'supertest';
import { createServer } from '../../apps/server/src/server';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { serviceSettings } from '../support/service-settings';

const DOT = 'https://app.example.com';
const PAGE = '<!doctype html><script type="module" src="/panel/panel.js"></script>';
const STATUS = '/api/v1/orgs/acme/gitlab';

/** The settings page and the pages of others that embed it, as a browser asks for them. */
describe('The settings page', () => {
  let database: FreshDatabase;
  let app: NestExpressApplication;
  let directory: string;
  let panelDir: string;

  beforeAll(async () => {
    database = await freshDatabase();
    directory = mkdtempSync(join(tmpdir(), 'panel-'));
    panelDir = join(directory, 'panel');
    const settings = serviceSettings({
      role: 'web',
      databaseUrl: database.url,
      publicUrl: 'http://127.0.0.1:3000',
      secret: 'a-secret-that-is-long-enough-to-sign',
    });
    app = await createServer({ ...settings, panelOrigins: [DOT], panelDir });
  });
  afterAll(async () => {
    await app?.close();
    await database.drop();
    rmSync(directory, { recursive: true, force: true });
  });

  const http = () => request(app.getHttpServer());

  it('explains the next step if it is not built', async () => {
    for (const path of ['/panel', '/panel/panel.js']) {
      const { text } = await http().get(path).expect(503);
      expect(text).toContain('npm run build');
    }
  });

  describe('once it is built', () => {
    beforeAll(() => {
      mkdirSync(join(panelDir, 'assets'), { recursive: true });
      writeFileSync(join(panelDir, 'index.html'), PAGE);
      writeFileSync(join(panelDir, 'panel.js'), 'export {};\n');
      writeFileSync(join(panelDir, 'assets/locale-a1B2c3D4.js'), 'export {};\n');
      writeFileSync(join(panelDir, '../outside.txt'), 'kept apart');
    });

    it('is where / leads', async () => {
      const { headers } = await http().get('/').expect(302);
      expect(headers.location).toBe('/panel');
      const { text } = await http().get('/panel').expect(200).expect('content-type', /html/);
      expect(text).toBe(PAGE);
    });

    it('runs no inline script or style, and turns no text into a script', async () => {
      for (const path of ['/panel', '/panel/', '/panel/panel.js']) {
        const { headers } = await http().get(path).expect(200);
        const policy = headers['content-security-policy'];
        expect(policy).not.toContain('unsafe');
        for (const rule of [
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "connect-src 'self'",
        ])
          expect(policy).toContain(rule);
        expect(policy).toContain("require-trusted-types-for 'script'");
        expect(policy).toContain("trusted-types 'none'");
        expect(policy).toContain("frame-ancestors 'none'");
      }
    });

    it('leaves Swagger UI the styles it sets inline, and the API nothing at all', async () => {
      const docs = await http().get('/docs/').expect(200);
      expect(docs.headers['content-security-policy']).toContain("style-src 'self' 'unsafe-inline'");
      const api = await http().get(STATUS).expect(401);
      expect(api.headers['content-security-policy']).toMatch(/^default-src 'none';/);
      expect(api.headers['content-security-policy']).not.toContain('self');
    });

    it('is checked again each time, but not sent again; files with their content’s hash in the name are cached', async () => {
      const script = await http()
        .get('/panel/panel.js')
        .expect(200)
        .expect('content-type', /javascript/);
      expect(script.headers['cache-control']).toBe('no-cache');
      await http().get('/panel/panel.js').set('If-None-Match', script.headers.etag).expect(304);
      const asset = await http().get('/panel/assets/locale-a1B2c3D4.js').expect(200);
      expect(asset.headers['cache-control']).toContain('immutable');
    });

    it('is sent compressed to a client that accepts that', async () => {
      writeFileSync(join(panelDir, 'panel.js.gz'), gzipSync('export {};\n'));
      const of = (encoding: string) =>
        http().get('/panel/panel.js').set('Accept-Encoding', encoding).expect(200);
      const zipped = await of('gzip, br');
      expect(zipped.headers).toMatchObject({
        ...{ 'content-encoding': 'gzip', 'cache-control': 'no-cache' },
        vary: expect.stringContaining('Accept-Encoding'),
        'content-type': expect.stringContaining('javascript'),
      });
      const plain = await of('identity');
      expect(plain.headers).not.toHaveProperty('content-encoding');
      expect([zipped.text, plain.text]).toEqual(['export {};\n', 'export {};\n']);
    });

    it('gives away nothing beside it', async () => {
      for (const path of ['/panel/none.js', '/panel/%2e%2e/outside.txt', '/panel/..%2foutside.txt']) {
        const { status, text } = await http().get(path);
        expect([path, [403, 404].includes(status), text.includes('kept apart')]).toEqual([path, true, false]);
      }
    });
  });

  describe('from a page of another origin', () => {
    const preflight = (origin: string, path = STATUS) =>
      http().options(path).set('Origin', origin).set('Access-Control-Request-Method', 'PUT');

    it('may call the API: the preflight needs no token', async () => {
      const { headers } = await preflight(DOT).expect(204);
      expect(headers['access-control-allow-origin']).toBe(DOT);
      expect(headers['access-control-allow-methods']).toContain('PATCH');
      for (const name of ['Authorization', 'Content-Type', 'If-Match'])
        expect(headers['access-control-allow-headers']).toContain(name);
      expect(headers).not.toHaveProperty('access-control-allow-credentials');
    });

    it('may read answers, refusals too, and what their headers say', async () => {
      const { headers } = await http().get(STATUS).set('Origin', DOT).expect(401);
      expect(headers['access-control-allow-origin']).toBe(DOT);
      expect(headers.vary).toContain('Origin');
      for (const name of ['ETag', 'X-Context-Revision', 'X-Request-Id', 'Retry-After', 'Date'])
        expect(headers['access-control-expose-headers']).toContain(name);
      expect(headers).not.toHaveProperty('access-control-allow-credentials');
    });

    it('may load the element', async () => {
      const { headers } = await http().get('/panel/panel.js').set('Origin', DOT).expect(200);
      expect(headers['access-control-allow-origin']).toBe(DOT);
    });

    it.each([
      'https://evil.example',
      'https://app.example.com.evil.example',
      'http://app.example.com',
      'null',
    ])('is refused if the origin is not named: %s', async (origin) => {
      for (const answer of [await preflight(origin), await http().get(STATUS).set('Origin', origin)]) {
        const names = Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'));
        expect(names).toEqual([]);
      }
    });

    it('may not look at probes, docs and webhooks', async () => {
      for (const path of ['/metrics', '/docs-json', '/health/ready']) {
        const { headers } = await http().get(path).set('Origin', DOT);
        expect(headers).not.toHaveProperty('access-control-allow-origin');
      }
    });
  });
});
