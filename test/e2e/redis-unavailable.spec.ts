import request from 'supertest';
import { describeWithRedis, testRedisUrl } from '../support/redis';
import { TestService, type Client } from '../support/service';
import { Wire } from '../support/wire';

const PROJECT = 'ada/context';

describeWithRedis('while Redis is unavailable', () => {
  let wire: Wire;
  let service: TestService;
  let admin: Client;

  beforeAll(async () => {
    wire = await Wire.to(testRedisUrl());
    wire.cut('refused');
    service = await TestService.start('distributed', { redisUrl: wire.url, sync: { sweepMs: 300 } });
    admin = await service.as();
  });
  afterAll(async () => {
    await service.stop();
    await wire.close();
  });

  const readiness = async () => (await request(service.url).get('/health/ready')).body;
  const isReady = () => admin.until(async () => (await readiness()).status === 'ready');
  const onGitLab = (path: string) => service.gitlab.git.read(PROJECT, 'main', path)?.toString();
  const DEGRADED = {
    status: 'degraded',
    checks: { database: 'ok', redis: 'unreachable', tenants: 'locked' },
  };

  it('starts, says so, and takes the first sync’s order for later', async () => {
    expect(await readiness()).toEqual(DEGRADED);
    await admin.put('context/files/notes/dot.md', 'from Dot\n').expect(201);
    const { id } = service.gitlab.givenProject(PROJECT, { files: { 'notes/git.md': 'from GitLab\n' } });
    const token = service.gitlab.givenToken('ada').value;
    await admin.put('gitlab/connection', { token, instanceUrl: service.gitlab.url }).expect(200);
    await admin.put('gitlab/project', { projectId: id }).expect(200);
    await admin.patch('gitlab/project', { autoSync: true }).expect(200);
    expect((await admin.get('gitlab')).body).toMatchObject({ health: 'syncing' });

    wire.mend();
    await isReady();
    await admin.settled();
    expect(onGitLab('notes/dot.md')).toBe('from Dot\n');
    expect((await admin.get('context/files/notes/git.md')).text).toBe('from GitLab\n');
    await admin.post('gitlab/webhook/register').expect(200);
  });

  it.each(['refused', 'silent'] as const)(
    'keeps taking edits and webhooks when connections are %s, and delivers them after',
    async (how) => {
      wire.cut(how);
      await admin.until(async () => (await readiness()).status === 'degraded');
      await admin.put('context/files/notes/dot.md', `Dot, ${how}\n`).expect(200);
      service.gitlab.git.push(PROJECT, 'main', { files: { 'notes/git.md': `GitLab, ${how}\n` } });
      await service.gitlab.deliveries.settled();
      const { body } = await admin.get('gitlab/webhook/deliveries').expect(200);
      expect(body.items[0]).toMatchObject({ outcome: 'accepted' });
      expect((await admin.get('gitlab')).body.sync).toMatchObject({ pendingPush: 1, pendingPull: true });

      wire.mend();
      await isReady();
      await admin.settled();
      expect(onGitLab('notes/dot.md')).toBe(`Dot, ${how}\n`);
      expect((await admin.get('context/files/notes/git.md')).text).toBe(`GitLab, ${how}\n`);
    },
    60_000,
  );
});
