import { freshDatabase, type FreshDatabase } from '../support/database';
import { freePort } from '../support/service';
import { ServiceProcess } from '../support/service-process';

/** The service as operators run it, with what strangers need not see closed. */
describe('METRICS_PORT and DOCS=off', () => {
  let database: FreshDatabase;
  let service: ServiceProcess;
  let api: string;
  let metrics: string;

  beforeAll(async () => {
    database = await freshDatabase();
    const [port, metricsPort] = [await freePort(), await freePort()];
    [api, metrics] = [port, metricsPort].map((one) => `http://127.0.0.1:${one}`);
    service = await ServiceProcess.main({
      PORT: String(port),
      METRICS_PORT: String(metricsPort),
      DOCS: 'off',
      DATABASE_URL: database.url,
      AUTH_JWT_SECRET: 'a-secret-that-is-long-enough-to-sign',
      SECRETS_KEYS: `one:${Buffer.alloc(32).toString('base64')}`,
    }).ready();
  });
  afterAll(async () => {
    await service.stop();
    await database.drop();
  });

  const statusOf = async (url: string) => (await fetch(url)).status;

  it('leave metrics on their own port only, and nothing else there', async () => {
    expect(await statusOf(`${metrics}/metrics`)).toBe(200);
    for (const path of ['/api/v1/orgs/acme/gitlab', '/health/live', '/docs'])
      expect([path, await statusOf(`${metrics}${path}`)]).toEqual([path, 404]);
    expect(await statusOf(`${api}/metrics`)).toBe(404);
  });

  it('leave no docs, and no word of them', async () => {
    for (const path of ['/docs', '/docs-json', '/docs-yaml'])
      expect([path, await statusOf(`${api}${path}`)]).toEqual([path, 404]);
    expect(await statusOf(`${api}/health/live`)).toBe(200);
    expect(service.printed).not.toContain('"swagger"');
  });
});
