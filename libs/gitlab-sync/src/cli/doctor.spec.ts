import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { createServer as createSite, type Server as SiteServer } from 'node:http';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database';
import { diagnose, reportOf, type DoctorSettings } from './doctor';

const KEYS = `test:${Buffer.alloc(32, 7).toString('base64')}`;

const listening = async (server: Server): Promise<number> => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
};

describe('gitlab-sync doctor', () => {
  let database: FreshDatabase;
  let site: SiteServer;
  let healthy: DoctorSettings;
  let closed: number;

  beforeAll(async () => {
    database = await freshDatabase();
    site = createSite((request, response) => response.writeHead(request.url === '/gone' ? 502 : 404).end());
    const publicUrl = `http://127.0.0.1:${await listening(site)}`;
    const probe = createServer();
    closed = await listening(probe);
    probe.close();
    healthy = { database: { url: database.url }, keys: KEYS, publicUrl };
  });
  afterAll(async () => {
    site.close();
    site.closeAllConnections();
    await database.drop();
  });

  const toFix = async (changed: Partial<DoctorSettings>): Promise<string[]> => {
    const findings = await diagnose({ ...healthy, ...changed });
    return findings.filter(({ ok }) => !ok).map(({ subject, text }) => `${subject}: ${text}`);
  };

  it('finds nothing to fix in a healthy installation, and says so line by line', async () => {
    const report = reportOf(await diagnose(healthy));
    expect(report.split('\n').map((line) => line.replace(/^(\S+ +[a-zA-Z]+[\w -]*?) {2,}.*/, '$1'))).toEqual([
      'ok   database',
      'ok   role',
      'ok   clock',
      'ok   schema',
      'ok   row-level security',
      'ok   redis',
      'ok   keys',
      'ok   public URL',
    ]);
  });

  it('asks for another user than a superuser', async () => {
    const found = await toFix({ database: { url: database.ownerUrl } });
    expect(found.join('\n')).toMatch(/is a superuser, to whom row-level security does not apply/);
    expect(found.join('\n')).toMatch(/row-level security: /);
  });

  it.each<[string, () => Partial<DoctorSettings>, RegExp]>([
    [
      'no database',
      () => ({ database: { url: `postgres://a:hidden@127.0.0.1:${closed}/b` } }),
      /^database: ECONNREFUSED/,
    ],
    ['no Redis', () => ({ redisUrl: `redis://:hidden@127.0.0.1:${closed}` }), /^redis: .*Check REDIS_URL/],
    ['no keys', () => ({ keys: undefined }), /^keys: none\. Set SECRETS_KEYS/],
    [
      'a key of another length',
      () => ({ keys: 'a:aGlkZGVu' }),
      /^keys: SECRETS_KEYS: entry 1 has a key of 6 bytes/,
    ],
    ['no public URL', () => ({ publicUrl: undefined }), /^public URL: none\. Set PUBLIC_URL/],
    [
      'a silent public URL',
      () => ({ publicUrl: `http://127.0.0.1:${closed}` }),
      /^public URL: .*ECONNREFUSED/,
    ],
    [
      'a proxy without a service',
      () => ({ publicUrl: `${healthy.publicUrl}/gone` }),
      /^public URL: .*answers 502/,
    ],
  ])('says what to do about %s, without secrets', async (_, change, text) => {
    const found = await toFix(change());
    expect(found).toEqual([expect.stringMatching(text)]);
    expect(found.join()).not.toMatch(/hidden|aGlkZGVu/);
  });

  it('names the migrations that an empty database lacks', async () => {
    const url = new URL(database.ownerUrl);
    url.pathname = '/template1';
    expect(await toFix({ database: { url: url.href } })).toContainEqual(
      expect.stringMatching(/^schema: .*lacks/),
    );
  });
});
