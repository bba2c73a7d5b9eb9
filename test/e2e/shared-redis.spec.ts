import { Redis } from 'ioredis';
import { describeWithRedis, testRedisUrl } from '../support/redis';
import { TestService } from '../support/service';

describeWithRedis('two deployments on one Redis', () => {
  let waking: TestService;
  let working: TestService;
  let redis: Redis;

  beforeAll(async () => {
    waking = await TestService.start('distributed', { roles: ['web'] });
    working = await TestService.start('distributed');
    redis = new Redis(testRedisUrl());
  });
  afterAll(async () => {
    redis.disconnect();
    await working.stop();
    await waking.stop();
  });

  async function given(service: TestService, name: string) {
    const admin = await service.as();
    const { id } = service.gitlab.givenProject(name, { files: { 'notes/a.md': 'a\n' } });
    const token = service.gitlab.givenToken('ada').value;
    await admin.put('gitlab/connection', { token, instanceUrl: service.gitlab.url }).expect(200);
    await admin.put('gitlab/project', { projectId: id }).expect(200);
    return admin;
  }
  const wakeUps = (org: string) => redis.keys(`*:sync-wake-ups:${org}`);

  it('do not take each other’s wake-ups', async () => {
    const waiting = await given(waking, 'ada/waits');
    await waiting.until(async () => (await wakeUps(waking.org)).length);
    // Woken later: a worker with one queue for both would have taken the first wake-up before.
    await (await given(working, 'ada/works')).settled();
    expect(await wakeUps(waking.org)).toHaveLength(1);
    expect((await waiting.get('gitlab')).body).toMatchObject({ health: 'syncing' });
  });
});
