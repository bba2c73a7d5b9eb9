import { FakeAct } from '@app/audit/testing';
import { randomUUID } from 'node:crypto';
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import request from 'supertest';
import { CredentialsService } from '@app/credentials';
import { FakeGitLabConnector, FakeGitLabInstance } from '@app/fake-gitlab';
import { GitLabSync } from '@app/gitlab-sync';
import { Clock, ManualClock, orgId, Secret, type OrgId } from '@app/kernel';
import { ProjectConfigService } from '@app/project-config';
import { WebhooksService } from '@app/webhooks';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { startTestHost } from '../support/test-host';

const PUBLIC_URL = 'https://dot.example.com';

describe('The webhooks over HTTP, on PostgreSQL', () => {
  const clock = new ManualClock();
  const gitlab = new FakeGitLabInstance({ clock, url: 'https://gitlab.com' });
  const project = gitlab.givenProject('ada/context', { files: { 'notes/a.md': 'a' } });
  let database: FreshDatabase;
  let app: INestApplication;
  let org: OrgId;

  beforeAll(async () => {
    database = await freshDatabase();
    app = await startTestHost(database.url, {
      clock: { provide: Clock, useValue: clock },
      gitlab: { connector: new FakeGitLabConnector(gitlab) },
    });
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });
  beforeEach(async () => {
    org = orgId(`org-${randomUUID()}`);
    project.hooks.clear();
    await connect('ada');
    await app.get(ProjectConfigService).configure({ org, projectId: project.id }, new FakeAct());
  });

  const connect = (username: string) =>
    app
      .get(CredentialsService)
      .connect({ org, token: new Secret(gitlab.givenToken(username).value) }, new FakeAct());
  const call = (method: 'get' | 'post', path: string, role = 'admin') =>
    request(app.getHttpServer())
      [method](`/orgs/${org}/gitlab/webhook/${path}`)
      .set('x-caller', role && `${role} ${org}`);
  const shown = async () => {
    const { url } = (await app.get(WebhooksService).view(org))!;
    const { body } = await call('get', 'secret').expect(200);
    return { path: new URL(url).pathname, secret: body.secret as string };
  };
  const deliver = async (headers: Record<string, string> = {}, body: object = {}) => {
    const { path, secret } = await shown();
    const usual = { 'X-Gitlab-Event': 'Push Hook', 'X-Gitlab-Token': secret };
    const payload = { object_kind: 'push', project_id: project.id, ref: 'refs/heads/main', ...body };
    return request(app.getHttpServer())
      .post(path)
      .set({ ...usual, ...headers })
      .send(payload);
  };

  it('registers the hook and answers what an admin needs to know', async () => {
    const { body } = await call('post', 'register').expect(200);
    expect(body).toEqual({
      url: expect.stringMatching(/^https:\/\/dot\.example\.com\/webhooks\/gitlab\/[\w-]{32}$/),
      registered: 'automatic',
      lastDeliveryAt: null,
      health: 'never_delivered',
      advice: expect.any(String),
      test: { ok: true, detail: expect.any(String) },
    });
    const answer = await call('get', 'secret').expect(200);
    expect(answer.body).toEqual({
      secret: expect.stringMatching(/^[\w-]{43}$/),
      signingToken: expect.stringMatching(/^whsec_/),
    });
    expect(answer.headers['cache-control']).toBe('no-store');
    expect([...project.hooks.values()]).toMatchObject([{ url: body.url, token: answer.body.secret }]);
  });

  it('lists the manual steps below the Maintainer role', async () => {
    gitlab.givenMember(project, 'dev', 30);
    await connect('dev');
    const { body } = await call('post', 'register').expect(422);
    expect(body).toMatchObject({
      code: 'webhook_not_permitted',
      detail: expect.stringContaining(PUBLIC_URL),
    });
  });

  it('rotates the secret', async () => {
    const before = await shown();
    const { body } = await call('post', 'rotate').expect(200);
    expect(body).toMatchObject({ secret: (await shown()).secret, handover: { done: false } });
    expect(body.secret).not.toBe(before.secret);
    expect(body.signingToken).toMatch(/^whsec_/);
    expect((await deliver({ 'X-Gitlab-Token': before.secret })).status).toBe(202);
  });

  it('logs the outcome of each delivery', async () => {
    const key = { 'Idempotency-Key': randomUUID() };
    const after = 'b'.repeat(40);
    expect((await deliver(key, { after })).status).toBe(202);
    expect((await deliver(key, { after })).status).toBe(200);
    expect((await deliver({ 'X-Gitlab-Token': 'wrong' })).status).toBe(401);
    const { body } = await call('get', 'deliveries').expect(200);
    const [run] = (await app.get(GitLabSync).runs(org, { limit: 1 })).items;
    const at = clock.now().toISOString();
    const log = { id: expect.any(String), at, event: 'Push Hook', coalesced: 0 };
    expect(body).toEqual({
      items: [
        { ...log, commit: null, outcome: 'refused', reason: 'secret_wrong', runId: null },
        { ...log, commit: after, outcome: 'ignored', reason: 'duplicate', runId: null },
        { ...log, commit: after, outcome: 'accepted', reason: null, runId: run.id },
      ],
      nextCursor: null,
    });
    const page = await call('get', 'deliveries?limit=2').expect(200);
    const rest = await call('get', `deliveries?limit=2&cursor=${page.body.nextCursor}`).expect(200);
    expect(rest.body).toEqual({ items: [body.items[2]], nextCursor: null });
  });

  it('takes many deliveries at the same time', async () => {
    await shown();
    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await deliver()).status));
    expect(new Set(statuses)).toEqual(new Set([202]));
  });

  it('creates one endpoint for an org, also for concurrent requests', async () => {
    const seen = await Promise.all(Array.from({ length: 8 }, shown));
    expect(new Set(seen.map(({ secret }) => secret)).size).toBe(1);
  });

  it('knows no endpoint with an id that PostgreSQL would choke on', async () => {
    await request(app.getHttpServer()).post('/webhooks/gitlab/a%00b').expect(404);
  });

  it('is only for admins', async () => {
    await call('post', 'register', 'member').expect(403);
    await call('post', 'rotate', 'member').expect(403);
    await call('get', 'deliveries', 'member').expect(403);
    await call('get', 'deliveries', '').expect(401);
  });

  it('answers 409 if the step before is missing', async () => {
    await app.get(CredentialsService).disconnect(org, new FakeAct());
    expect((await call('post', 'register').expect(409)).body).toMatchObject({ code: 'not_connected' });
    expect((await call('post', 'rotate').expect(409)).body).toMatchObject({ code: 'not_connected' });
  });

  it('refuses a strange cursor', async () => {
    await call('get', 'deliveries?cursor=strange').expect(400);
  });

  it('is documented, every route and field', () => {
    const document = SwaggerModule.createDocument(app, new DocumentBuilder().build());
    const webhooks = Object.entries(document.paths).filter(([path]) => path.includes('webhook'));
    expect(webhooks).toHaveLength(5);
    for (const [, { post, get }] of webhooks) expect((post ?? get)?.summary).toBeTruthy();
    expect(Object.keys(document.components?.schemas ?? {})).toEqual(
      expect.arrayContaining([
        'RegisteredWebhookView',
        'RotatedWebhookView',
        'DeliveriesView',
        'ReceiptView',
      ]),
    );
  });
});
