import { Webhook } from 'standardwebhooks';
import { MailSink } from '../support/mail-sink';
import { Client as Postgres } from 'pg';
import { TestService, type Client } from '../support/service';
import { WebhookSink } from '../support/webhook-sink';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

describe('The notifications of an organisation', () => {
  let service: TestService;
  let sink: WebhookSink;
  let mail: MailSink;
  let admin: Client;

  beforeAll(async () => {
    [sink, mail] = await Promise.all([WebhookSink.start(), MailSink.start()]);
    service = await TestService.start('embedded', {
      notifications: { allowPrivate: ['127.0.0.1'], smtpUrl: mail.url, everyMs: 100, timeoutMs: 1_000 },
    });
  });
  afterAll(async () => {
    await service.stop();
    await Promise.all([sink.close(), mail.close()]);
  });
  let count = 0;
  beforeEach(async () => {
    sink.fault = 'none';
    sink.received.length = mail.received.length = 0;
    admin = await service.as({ org: `acme-${++count}` });
  });

  const hook = () => ({ url: `${sink.url}/hook/secret-in-path`, secret });
  const all = () => ({ webhook: hook(), slack: { url: `${sink.url}/chat` }, email: ['ada@example.com'] });

  it('are changed one by one, and never show a secret', async () => {
    const { body: none } = await admin.get('gitlab/notifications').expect(200);
    expect(none).toEqual({
      ...{
        deliveredBy: 'channels',
        webhook: null,
        slack: null,
        email: [],
        emailAvailable: true,
        channels: [],
      },
    });
    await admin.put('gitlab/notifications', all()).expect(200);
    const { body: changed } = await admin.put('gitlab/notifications', { slack: null }).expect(200);
    const { body: read } = await admin.get('gitlab/notifications').expect(200);
    expect(read).toEqual(changed);
    expect(read).toMatchObject({
      ...{ webhook: { url: hook().url }, slack: null, email: ['ada@example.com'] },
      channels: [{ channel: 'webhook', deliveredAt: null, failure: null }, { channel: 'email' }],
    });
    const { body: chat } = await admin.put('gitlab/notifications', { slack: all().slack }).expect(200);
    expect(chat.slack).toEqual({ url: sink.url });
    const { body: log } = await admin.get('audit').expect(200);
    expect(
      log.items.map(({ action, target }: { action: string; target: string }) => [action, target]),
    ).toEqual([
      ['notifications.change', 'slack'],
      ['notifications.change', 'slack'],
      ['notifications.change', 'webhook, slack, email'],
    ]);
    expect(JSON.stringify([read, chat, log])).not.toContain(secret);
    expect(await stored()).not.toMatch(/secret-in-path|whsec_|ada@example/);
  });

  it.each([
    ['a webhook without a secret', { webhook: { url: 'https://example.com' } }, 'webhook.secret'],
    ['a chat that is no URL', { slack: { url: 'example' } }, 'slack.url'],
    ['a header in an address', { email: ['a@example.com\r\nBcc: b@example.com'] }, 'email.0'],
    ['a text instead of a channel', { webhook: 'https://example.com' }, 'webhook'],
    ['an unknown channel', { sms: '1' }, 'sms'],
  ])('refuse %s', async (_, body, field) => {
    const { body: problem } = await admin.put('gitlab/notifications', body).expect(400);
    expect(problem.errors).toContainEqual(expect.objectContaining({ field }));
  });

  it('are for admins only', async () => {
    const member = await service.as({ org: admin.org, role: 'member' });
    await member.get('gitlab/notifications').expect(403);
    await member.put('gitlab/notifications', all()).expect(403);
    await member.post('gitlab/notifications/test').expect(403);
    const other = await service.as({ org: 'globex' });
    await other.put('gitlab/notifications', { slack: all().slack }).expect(200);
    expect((await admin.get('gitlab/notifications').expect(200)).body.slack).toBeNull();
  });

  it('are tested through each channel, ten times an hour', async () => {
    await admin.put('gitlab/notifications', all()).expect(200);
    sink.fault = 'redirects';
    const { body } = await admin.post('gitlab/notifications/test').expect(200);
    const refused = 'the receiver answered 307: redirects are not followed';
    expect(body.results).toEqual([
      { channel: 'webhook', ok: false, detail: refused },
      { channel: 'slack', ok: false, detail: refused },
      { channel: 'email', ok: true, detail: null },
    ]);
    expect(mail.received).toMatchObject([{ to: ['ada@example.com'] }]);
    const { body: read } = await admin.get('gitlab/notifications').expect(200);
    expect(read.channels[0]).toMatchObject({ failure: { detail: refused, retryAt: null } });
    sink.fault = 'none';
    for (let tests = 1; tests < 10; tests++) await admin.post('gitlab/notifications/test').expect(200);
    const { body: problem, headers } = await admin.post('gitlab/notifications/test').expect(429);
    expect(problem.code).toBe('too_many_requests');
    expect(Number(headers['retry-after'])).toBeGreaterThan(3_000);
  });

  it('report a stop and its end once in each channel', async () => {
    await admin.put('gitlab/notifications', { webhook: hook(), email: ['ada@example.com'] }).expect(200);
    const token = await synced();
    token.revoked = true;
    await admin.post('gitlab/pull').expect(202);
    await sink.until(1);
    const [{ text, headers }] = sink.received;
    const posted = new Webhook(secret).verify(text, headers as Record<string, string>);
    expect(posted).toMatchObject({ type: 'gitlab_sync.needs_person', data: { org: admin.org } });
    expect(JSON.stringify(posted)).toContain(`${service.url}/panel`);
    token.revoked = false;
    await admin.post('gitlab/pull').expect(202);
    await sink.until(2);
    await admin.until(async () => mail.received.length === 2);
    const types = sink.received.map((post) => (JSON.parse(post.text) as { type: string }).type);
    expect(types).toEqual(['gitlab_sync.needs_person', 'gitlab_sync.works_again']);
    const { body } = await admin.get('gitlab/notifications').expect(200);
    expect(body.channels).toMatchObject([{ failure: null }, { failure: null }]);
  });

  it('report a merge request that waits for review, once', async () => {
    await synced();
    await admin.put('gitlab/notifications', { webhook: hook() }).expect(200);
    await admin.patch('gitlab/project', { publish: 'merge_request' }).expect(200);
    await edit('notes/b.md');
    await edit('notes/c.md');
    await sink.until(1);
    const { mergeRequest } = (await admin.get('gitlab').expect(200)).body.project;
    const [{ text }] = sink.received;
    expect(JSON.parse(text)).toMatchObject({
      type: 'gitlab_sync.review_waits',
      data: { notice: { url: mergeRequest.webUrl, changes: 1 } },
    });
    expect(sink.received).toHaveLength(1);
    expect(mergeRequest).toMatchObject({ state: 'opened', changes: 2 });
  });

  async function edit(path: string): Promise<void> {
    await admin.put(`context/files/${path}`, 'b\n').expect(201);
    await admin.post('gitlab/push').expect(202);
    await admin.settled();
  }

  async function synced() {
    const { id } = service.gitlab.givenProject(`ada/${admin.org}`, { files: { 'notes/a.md': 'a\n' } });
    const token = service.gitlab.givenToken('ada');
    await admin.put('gitlab/connection', { token: token.value, instanceUrl: service.gitlab.url }).expect(200);
    await admin.put('gitlab/project', { projectId: id }).expect(200);
    await admin.settled();
    return token;
  }

  async function stored(): Promise<string> {
    const postgres = new Postgres(service.ownerUrl);
    await postgres.connect();
    const { rows } = await postgres.query(`SELECT * FROM notice_channels`);
    await postgres.end();
    return JSON.stringify(rows);
  }
});
