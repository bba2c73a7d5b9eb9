import { Client as Postgres } from 'pg';
import { FakeGitLabInstance, startFakeGitLabServer } from '@app/fake-gitlab';
import { SystemClock } from '@app/kernel';
import { TestService, type Client } from '../support/service';

const [DEVELOPER, MAINTAINER] = [30, 40] as const;
const FILES = { files: { 'notes/a.md': 'a\n' } };

describe('Webhooks, with the whole service', () => {
  let service: TestService;
  beforeAll(async () => (service = await TestService.start('embedded')));
  afterAll(() => service.stop());

  /** An admin of an org whose project lies on that GitLab, in sync, the webhook registered. */
  async function givenOrg(org: string, gitlab = service.gitlab) {
    const admin = await service.as({ org });
    const project = gitlab.givenProject(`${org}-team/context`, FILES);
    const token = gitlab.givenToken(org);
    gitlab.givenMember(project, org, MAINTAINER);
    await admin.put('gitlab/connection', { token: token.value, instanceUrl: gitlab.url }).expect(200);
    await admin.put('gitlab/project', { projectId: project.id }).expect(200);
    await admin.settled();
    await admin.post('gitlab/webhook/register').expect(200);
    const webhook = await admin.webhook();
    await gitlab.deliveries.settled();
    await admin.settled();
    return { admin, project, token, webhook };
  }

  const textOf = async (admin: Client) => (await admin.get('context/files/notes/a.md')).text;
  const hooksOn = (project: ReturnType<FakeGitLabInstance['givenProject']>) =>
    [...project.hooks.values()].map(({ url }) => url);
  const runsOf = async (admin: Client) => (await admin.get('gitlab/runs')).body.items.length as number;

  describe('of two instances with the same project id', () => {
    const elsewhere = new FakeGitLabInstance({ clock: new SystemClock() });
    let stop: () => Promise<void>;
    beforeAll(async () => ({ close: stop } = await startFakeGitLabServer(elsewhere)));
    afterAll(() => stop());

    it('only affect their own org, and give access to no other', async () => {
      const acme = await givenOrg('acme');
      const globex = await givenOrg('globex', elsewhere);
      expect(globex.project.id).toBe(acme.project.id);

      const before = await runsOf(globex.admin);
      service.gitlab.git.push(acme.project, 'main', { files: { 'notes/a.md': 'of acme\n' } });
      await acme.admin.until(async () => (await textOf(acme.admin)) === 'of acme\n');
      const [{ delivery }] = service.gitlab.deliveries.of([...acme.project.hooks.values()][0]);
      const forged = { method: 'POST', headers: delivery.headers, body: delivery.body };
      expect((await fetch(acme.webhook.url, forged)).status).toBe(200);
      expect((await fetch(globex.webhook.url, forged)).status).toBe(401);
      await globex.admin.settled();
      expect(await runsOf(globex.admin)).toBe(before);
      expect(await textOf(globex.admin)).toBe('a\n');
    });
  });

  const deliver = async (url: string, token: string) => {
    const headers = { 'X-Gitlab-Event': 'Push Hook', 'X-Gitlab-Token': token };
    return (await fetch(url, { method: 'POST', headers, body: '{}' })).status;
  };

  describe('of a connection that ends', () => {
    it('are taken off GitLab, and another connection makes its own', async () => {
      const { admin, project, webhook } = await givenOrg('leaving');
      const byOthers = service.gitlab.hooks.create(project, { url: 'https://ci.example.com/', token: 'ci' });
      await admin.delete('gitlab/connection').expect(204);
      await admin.until(async () => hooksOn(project).length === 1);
      expect(hooksOn(project)).toEqual([byOthers.url]);

      const { value } = service.gitlab.givenToken('leaving');
      await admin.put('gitlab/connection', { token: value, instanceUrl: service.gitlab.url }).expect(200);
      await admin.put('gitlab/project', { projectId: project.id }).expect(200);
      const { body: again } = await admin.post('gitlab/webhook/register').expect(200);
      expect(again.url).not.toBe(webhook.url);
      expect(hooksOn(project)).toEqual([byOthers.url, again.url]);
    });

    it('are taken off the former instance when another takes its place, and stay with another token', async () => {
      const { admin, project, webhook } = await givenOrg('moving');
      const again = { token: service.gitlab.givenToken('moving').value, instanceUrl: service.gitlab.url };
      await admin.put('gitlab/connection', again).expect(200);
      await admin.settled();
      expect(hooksOn(project)).toEqual([webhook.url]);

      const elsewhere = new FakeGitLabInstance({ clock: new SystemClock() });
      const { close } = await startFakeGitLabServer(elsewhere);
      const token = elsewhere.givenToken('moving').value;
      await admin.put('gitlab/connection', { token, instanceUrl: elsewhere.url }).expect(200);
      await admin.until(async () => hooksOn(project).length === 0);
      expect(await deliver(webhook.url, webhook.secret)).toBe(404);
      await close();
    });

    it('delay nothing if GitLab is silent: their secret ends immediately', async () => {
      const { admin, project, webhook } = await givenOrg('silent');
      const silent = service.gitlab.calls.faults.add({ fault: { kind: 'latency', ms: 3_000 }, times: 99 });
      const began = Date.now();
      await admin.delete('gitlab/connection').expect(204);
      expect(await deliver(webhook.url, webhook.secret)).toBe(404);
      expect(Date.now() - began).toBeLessThan(2_000);
      expect(hooksOn(project)).toEqual([webhook.url]);
      silent();
      await admin.until(async () => hooksOn(project).length === 0);
    });

    it('stay if the token is dead, and the disconnect succeeds', async () => {
      const { admin, project, token, webhook } = await givenOrg('dead');
      token.revoked = true;
      await admin.delete('gitlab/connection').expect(204);
      expect(await deliver(webhook.url, webhook.secret)).toBe(404);
      expect(hooksOn(project)).toEqual([webhook.url]);
    });
  });

  it('are looked at by a check of the connection', async () => {
    const { admin, project } = await givenOrg('checking');
    const hook = [...project.hooks.values()][0]!;
    const checked = async () => {
      const { body } = await admin.post('gitlab/connection/check').expect(200);
      return body.checks.find(({ name }: { name: string }) => name === 'webhook');
    };
    const says = (ok: boolean, detail: string) => ({ ok, detail: expect.stringContaining(detail) });
    expect(await checked()).toMatchObject(says(true, 'registered and enabled'));
    hook.failures = 40;
    expect(await checked()).toMatchObject(says(false, 'GitLab disabled the webhook'));
    hook.failures = 0;
    hook.url = 'https://elsewhere.example.com/';
    expect(await checked()).toMatchObject(says(false, 'another URL'));
    service.gitlab.givenMember(project, 'checking', DEVELOPER);
    expect(await checked()).toMatchObject(says(false, 'may not see webhooks'));
  });

  it('may have their secret changed several times within ten minutes: each is accepted', async () => {
    const { admin, webhook } = await givenOrg('hasty');
    const { body: second } = await admin.post('gitlab/webhook/rotate').expect(200);
    const { body: third } = await admin.post('gitlab/webhook/rotate').expect(200);
    for (const { secret } of [webhook, second, third]) expect(await deliver(webhook.url, secret)).toBe(202);
    const { value } = service.gitlab.givenToken('hasty');
    await admin.put('gitlab/connection', { token: value, instanceUrl: service.gitlab.url }).expect(200);
    for (const { secret } of [webhook, second, third]) expect(await deliver(webhook.url, secret)).toBe(401);
  });

  it('are repaired after mishaps on GitLab, and if that is not allowed the status names the next step', async () => {
    const [deleted, disabled, changed, forbidden] = await Promise.all(
      ['deleted', 'disabled', 'changed', 'forbidden'].map((org) => givenOrg(org)),
    );
    const hookOf = ({ project }: typeof deleted) => [...project.hooks.values()][0];
    deleted.project.hooks.clear();
    hookOf(disabled).failures = 40;
    hookOf(changed).events.push_events = false;
    hookOf(changed).url = 'https://elsewhere.example.com/';
    forbidden.project.hooks.clear();
    service.gitlab.givenMember(forbidden.project, 'forbidden', DEVELOPER);

    await hooksWereCheckedLongAgo();
    const worker = await service.startWorker().ready(); // checks all hooks that are due as it starts
    const healthOf = async ({ admin }: typeof deleted) => (await admin.get('gitlab')).body.webhook;
    await forbidden.admin.until(async () => (await healthOf(forbidden)).health === 'not_permitted');
    for (const repaired of [deleted, disabled, changed]) {
      await repaired.admin.until(async () => {
        const hook = hookOf(repaired);
        return (
          hook?.url === repaired.webhook.url && service.gitlab.deliveries.alertStatus(hook) === 'executable'
        );
      });
      expect(hookOf(repaired)).toMatchObject({ url: repaired.webhook.url, events: { push_events: true } });
      service.gitlab.git.push(repaired.project, 'main', { files: { 'notes/a.md': 'healed\n' } });
      await repaired.admin.until(async () => (await textOf(repaired.admin)) === 'healed\n');
      expect(await healthOf(repaired)).toMatchObject({ health: 'healthy', advice: null });
    }
    expect((await healthOf(forbidden)).advice).toMatch(/Maintainer role/);
    await worker.kill();
  });

  async function hooksWereCheckedLongAgo(): Promise<void> {
    const client = new Postgres(service.ownerUrl);
    await client.connect();
    await client.query(`UPDATE webhook_endpoints SET hook_checked_at = now() - interval '2 hours'`);
    await client.end();
  }
});
