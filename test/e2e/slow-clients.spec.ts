import type { NestExpressApplication } from '@nestjs/platform-express';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { createServer } from '../../apps/server/src/server';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { serviceSettings } from '../support/service-settings';

/** Checks that the whole service is such a server; the spec of `httpServer` checks the rest. */
describe('A slow client of the service', () => {
  let database: FreshDatabase;
  let app: NestExpressApplication;

  beforeAll(async () => {
    database = await freshDatabase();
    const shape = { databaseUrl: database.url, publicUrl: 'http://127.0.0.1:3000', secret: 's'.repeat(32) };
    const settings = serviceSettings({ ...shape, role: 'web' });
    app = await createServer({ ...settings, timeouts: { headMs: 50, checkEveryMs: 10 } });
    await app.listen(0, '127.0.0.1');
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it.each(['GET /api/v1/orgs/acme/gitlab', 'GET /docs-json', 'POST /webhooks/gitlab/x', 'GET /health/ready'])(
    'is hung up on at %s',
    async (route) => {
      const socket = connect((app.getHttpServer().address() as AddressInfo).port, '127.0.0.1');
      socket.write(`${route} HTTP/1.1\r\nHost: x\r\n`);
      let answer = '';
      socket.on('data', (data) => (answer += String(data)));
      await once(socket, 'close');
      expect(answer).toMatch(/^HTTP\/1.1 408 /);
    },
  );
});
