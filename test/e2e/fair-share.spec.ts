import { describeWithRedis } from '../support/redis';
import { TestService, type Client } from '../support/service';

const PROJECT = { files: { 'notes/a.md': 'a\n' } };

/** Connected and configured; automatic pulls are off. */
async function givenOrg(service: TestService, org: string): Promise<Client> {
  const admin = await service.as({ org });
  const { id } = service.gitlab.givenProject(`${org}/context`, PROJECT);
  const token = service.gitlab.givenToken(org).value;
  await admin.put('gitlab/connection', { token, instanceUrl: service.gitlab.url }).expect(200);
  await admin.put('gitlab/project', { projectId: id }).expect(200);
  await admin.settled();
  return admin;
}

describe('Two orgs at one GitLab host', () => {
  let service: TestService;
  afterEach(() => service.stop());

  it('one that checks its connection as often as it can waits for itself; the other pulls', async () => {
    service = await TestService.start('embedded', { gitLabCallsPerMinute: { all: 600 } });
    const [acme, other] = [await givenOrg(service, 'acme'), await givenOrg(service, 'other')];
    const flood = Promise.all(Array.from({ length: 60 }, () => acme.post('gitlab/connection/check')));

    const { body: run } = await other.post('gitlab/pull').expect(202);
    const ended = await other.until(async () => {
      const { body } = await other.get(`gitlab/runs/${run.id}`);
      return body.finishedAt && body;
    });
    expect(ended).toMatchObject({ status: 'succeeded', attempt: 1, error: null });
    await other.post('gitlab/connection/check').expect(200);

    const refused = (await flood).filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThan(40);
    for (const { status, body, headers } of refused) {
      expect({ status, code: body.code }).toEqual({ status: 503, code: 'rate_limited' });
      expect(body.detail).toMatch(/Try again in \d+ s/);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    }
  });
});

describeWithRedis('A run that our own limit stops', () => {
  it('says that it was ours, and when it goes on', async () => {
    const gitLabCallsPerMinute = { worker: 3 };
    const service = await TestService.start('distributed', { gitLabCallsPerMinute });
    const admin = await service.as();
    const { id } = service.gitlab.givenProject('ada/context', PROJECT);
    const token = service.gitlab.givenToken('ada').value;
    await admin.put('gitlab/connection', { token, instanceUrl: service.gitlab.url }).expect(200);
    await admin.put('gitlab/project', { projectId: id }).expect(200);
    const run = await admin.until(async () => {
      const { lastRun } = (await admin.get('gitlab')).body.sync;
      return lastRun?.error && lastRun;
    });
    expect(run).toMatchObject({ status: 'queued', error: { code: 'rate_limited', by: 'dot' } });
    expect(Date.parse(run.error.retryAt)).toBeGreaterThan(Date.now());
    const docs = await (await fetch(`${service.url}/docs-json`)).json();
    expect(docs).toMatchObject({
      components: { schemas: { RunErrorView: { properties: { by: { enum: ['gitlab', 'dot'] } } } } },
    });
    await service.stop();
  });
});
