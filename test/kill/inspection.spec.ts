import { randomBytes } from 'node:crypto';
import { FakeGitLabInstance, startFakeGitLabServer, type FakeGitLabServer } from '@app/fake-gitlab';
import { blobOf, SystemClock } from '@app/kernel';
import { SignJWT } from 'jose';
import { Client as Postgres } from 'pg';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { ENDLESS_YAML } from '../support/hostile-texts';
import { Client, freePort } from '../support/service';
import { ServiceProcess } from '../support/service-process';
import type { ServiceShape } from '../support/service-settings';

const ORG = 'acme';
/** Long enough that only a kill ends the inspection. */
const FOREVER_MS = 600_000;
const HOSTILE = 'notes/hostile.yaml';

describe('a text over which the process ends', () => {
  let gitlab: FakeGitLabInstance;
  let gitlabServer: FakeGitLabServer;
  let database: FreshDatabase;
  let postgres: Postgres;
  let shape: ServiceShape;
  let running: ServiceProcess;
  let client: Client;

  beforeAll(async () => {
    gitlab = new FakeGitLabInstance({ clock: new SystemClock() });
    gitlabServer = await startFakeGitLabServer(gitlab);
    database = await freshDatabase();
    postgres = new Postgres(database.ownerUrl);
    await postgres.connect();
    const port = await freePort();
    const publicUrl = `http://127.0.0.1:${port}`;
    const secret = randomBytes(32).toString('base64url');
    shape = {
      ...{ role: 'all', databaseUrl: database.url, publicUrl, port, secret },
      sync: { leaseMs: 1_500, sweepMs: 300 },
      inspection: { singleMs: FOREVER_MS, amongOthersMs: FOREVER_MS, retryMs: FOREVER_MS },
    };
    const token = await new SignJWT({ role: 'admin', name: 'Ada', email: 'ada@example.com', org: ORG })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('Ada')
      .setExpirationTime('1 hour')
      .sign(new TextEncoder().encode(secret));
    client = new Client(publicUrl, ORG, token);
  });
  afterAll(async () => {
    await running?.kill();
    await postgres.end();
    await gitlabServer.close();
    await database.drop();
  });

  const start = () => ServiceProcess.launch(shape).ready();
  const attempted = (attempts: number) =>
    client.until(async () => {
      const { rows } = await postgres.query(
        'SELECT FROM inspections WHERE org = $1 AND blob = $2 AND attempts = $3 AND result IS NULL',
        [ORG, blobOf(Buffer.from(ENDLESS_YAML)), attempts],
      );
      return rows.length > 0;
    });

  it('is quarantined after the second time, and the next start goes on with everything else', async () => {
    const files = { 'notes/a.md': 'a\n', [HOSTILE]: ENDLESS_YAML, 'notes/z.yaml': 'z: 1\n' };
    const { id } = gitlab.givenProject('ada/context', { files });
    running = await start();
    const token = gitlab.givenToken('ada').value;
    await client.put('gitlab/connection', { token, instanceUrl: gitlab.url }).expect(200);
    await client.put('gitlab/project', { projectId: id }).expect(200);
    for (const attempt of [1, 2]) {
      await attempted(attempt);
      await running.kill();
      running = await start();
    }
    const status = await client.settled();
    expect(status).toMatchObject({ sync: { quarantined: 1, pendingPull: false } });
    const { body: list } = await client.get('gitlab/files').expect(200);
    expect(list.items).toMatchObject([
      { path: 'notes/a.md', state: 'in_sync' },
      {
        path: HOSTILE,
        state: 'quarantined',
        reason: expect.stringMatching(/^inspection_interrupted: the service ended 2 times/),
      },
      { path: 'notes/z.yaml', state: 'in_sync' },
    ]);
  }, 180_000);
});
