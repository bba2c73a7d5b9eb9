import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import { FakeGitLabInstance, startFakeGitLabServer, type FakeGitLabServer } from '@app/fake-gitlab';
import { SystemClock } from '@app/kernel';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { Client, freePort } from '../support/service';
import { ServiceProcess } from '../support/service-process';

const key = () => randomBytes(32).toString('base64');

describe('the keys that encrypt stored secrets', () => {
  const jwtSecret = randomBytes(32).toString('base64url');
  const [former, next] = [key(), key()];
  let gitlab: FakeGitLabInstance;
  let gitlabServer: FakeGitLabServer;
  let database: FreshDatabase;
  let port: number;
  let admin: Client;
  let service: ServiceProcess | null;

  beforeAll(async () => {
    gitlab = new FakeGitLabInstance({ clock: new SystemClock() });
    gitlabServer = await startFakeGitLabServer(gitlab);
    database = await freshDatabase();
    port = await freePort();
    const token = await new SignJWT({ org: 'acme', role: 'admin' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('ada')
      .setExpirationTime('1 hour')
      .sign(new TextEncoder().encode(jwtSecret));
    admin = new Client(`http://127.0.0.1:${port}`, 'acme', token);
  });
  afterAll(async () => {
    await service?.stop();
    await gitlabServer.close();
    await database.drop();
  });

  const env = (keys: string) => ({
    PORT: String(port),
    DATABASE_URL: database.url,
    AUTH_JWT_SECRET: jwtSecret,
    SECRETS_KEYS: keys,
    GITLAB_ALLOW_PRIVATE: '127.0.0.1',
  });

  async function startWith(keys: string): Promise<string> {
    await service?.stop();
    service = await ServiceProcess.main(env(keys)).ready();
    return service.printed;
  }

  const tokenWorks = async () => {
    const { body } = await admin.post('gitlab/connection/check').expect(200);
    return body.checks.every(({ ok }: { ok: boolean }) => ok);
  };
  const webhookSecret = async (): Promise<string> =>
    (await admin.get('gitlab/webhook/secret').expect(200)).body.secret;

  it('are replaced while the service runs, after which the former one can go', async () => {
    await startWith(`former:${former}`);
    const { id } = gitlab.givenProject('ada/context', { files: { 'notes/a.md': 'a\n' } });
    const token = gitlab.givenToken('ada').value;
    await admin.put('gitlab/connection', { token, instanceUrl: gitlab.url }).expect(200);
    await admin.put('gitlab/project', { projectId: id }).expect(200);
    await admin.settled();
    const secret = await webhookSecret();

    expect(await startWith(`next:${next},former:${former}`)).not.toContain('missing or wrong');
    const rotation = ServiceProcess.rotateKeys(env(`next:${next},former:${former}`));
    expect(await rotation.ended()).toBe(0);
    expect(rotation.printed).toContain('1 tokens, the secrets of 1 webhooks');
    expect(await tokenWorks()).toBe(true);

    expect(await startWith(`next:${next}`)).not.toContain('missing or wrong');
    expect([await tokenWorks(), await webhookSecret()]).toEqual([true, secret]);
  });

  it.each([
    ['is missing', () => `other:${key()}`],
    ['has become another', () => `next:${key()}`],
  ])(
    'are named at start if one %s, and nothing is destroyed',
    async (_, keys) => {
      await startWith(keys());
      await service!.prints('The encryption key \\"next\\" is missing or wrong: 1 stored tokens');
      const { body } = await admin.post('gitlab/connection/check');
      expect(['vault_key_unknown', 'secret_unreadable']).toContain(body.code);
      const rotation = ServiceProcess.rotateKeys(env(keys()));
      expect(await rotation.ended()).toBe(1);
      expect(rotation.printed).toContain('Keep the other keys: the secrets of acme cannot be opened.');

      await startWith(`next:${next}`);
      expect(await tokenWorks()).toBe(true);
    },
    90_000,
  );
});
