import { Redis } from 'ioredis';
import { describeWithRedis, testRedisUrl } from '../support/redis';
import { TestService } from '../support/service';

describeWithRedis('two deployments on one Redis', () => {
  let ringing: TestService;
  let working: TestService;
  let redis: Redis;

  beforeAll(async () => {
    ringing = await TestService.start('distributed', { roles: ['web'] });
    working = await TestService.start('distributed');
    redis = new Redis(testRedisUrl());
  }, 60_000);
  afterAll(async () => {
    redis.disconnect();
    await working.stop();
    await ringing.stop();
  }, 60_000);

  async function given(service: TestService, name: string) {
    const admin = await service.as();
    const { id } = service.gitlab.givenProject(name, { files: { 'notes/a.md': 'a\n' } });
    const token = service.gitlab.givenToken('ada').value;
    await admin.put('gitlab/connection', { token, instanceUrl: service.gitlab.url }).expect(200);
    await admin.put('gitlab/project', { projectId: id }).expect(200);
    return admin;
  }
  const rings = (org: string) => redis.keys(`*:sync-ring:${org}`);

  it('do not answer each other’s rings', async () => {
    const waiting = await given(ringing, 'ada/waits');
    await waiting.until(async () => (await rings(ringing.org)).length);
    // Rung later, so whoever worked on one queue of both would have come by the first ring.
    await (await given(working, 'ada/works')).settled();
    expect(await rings(ringing.org)).toHaveLength(1);
    expect((await waiting.get('gitlab')).body).toMatchObject({ health: 'syncing' });
  });
});
