import { Webhook } from 'standardwebhooks';
import { orgId, Secret, SystemClock } from '@app/kernel';
import { MailSink, type MailFault } from '../../../../test/support/mail-sink';
import { WebhookSink, type SinkFault } from '../../../../test/support/webhook-sink';
import { NotificationsSettings } from '../application/notifications.settings';
import { DeliveryFailed } from '../application/ports/messenger.port';
import type { Message } from '../domain/message';
import { ChannelMessenger } from './channel-messenger';
import { SmtpUrlInvalid } from './mail';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const org = orgId('acme');
const message: Message = {
  ...{ id: '5f6d9c4e-0000-4000-8000-000000000001', org, at: new Date('2026-01-01T12:00:00Z') },
  content: {
    notice: {
      ...{ kind: 'needs_person', org, code: 'token_rejected', runId: 'r1' },
      detail: 'GitLab rejected the token.\r\nBcc: evil@example.com',
    },
    others: {},
  },
};

let sink: WebhookSink;
let mail: MailSink;
beforeAll(async () => {
  [sink, mail] = await Promise.all([WebhookSink.start(), MailSink.start()]);
});
afterAll(() => Promise.all([sink.close(), mail.close()]));
beforeEach(() => {
  [sink.fault, mail.fault] = ['none', 'none'];
  sink.received.length = mail.received.length = 0;
});

/** No test but that of a silent receiver comes near the limit. */
const messenger = ({ allowPrivate = ['127.0.0.1'], smtpUrl = mail.url, timeoutMs = 30_000 } = {}) =>
  new ChannelMessenger(
    new NotificationsSettings({
      pageUrl: 'https://dot.example.com/panel?org={org}',
      smtpUrl: new Secret(smtpUrl),
      timeoutMs,
      outbound: { allowPrivate },
    }),
    new SystemClock(),
  );
const limitAt = (fault: SinkFault | MailFault) => (fault === 'hangs' ? { timeoutMs: 1_000 } : {});
const channels = (url = `${sink.url}/hook`, email = ['ada@example.com']) => ({
  ...{ webhook: { url, secret }, slack: { url }, email },
});
const failure = async (sending: Promise<unknown>): Promise<DeliveryFailed> => {
  const error: unknown = await sending.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DeliveryFailed);
  return error as DeliveryFailed;
};

describe('a webhook', () => {
  it('is signed, and has the same id with each attempt', async () => {
    for (const _ of [1, 2]) await messenger().send(message, 'webhook', channels());
    const [first, second] = sink.received;
    expect(first.headers['webhook-id']).toBe(`msg_${message.id}`);
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
    expect(new Webhook(secret).verify(first.text, first.headers as Record<string, string>)).toMatchObject({
      type: 'gitlab_sync.needs_person',
      timestamp: '2026-01-01T12:00:00.000Z',
      data: {
        ...{ org: 'acme', title: 'GitLab sync of acme needs a person' },
        ...{ url: 'https://dot.example.com/panel?org=acme', notice: { code: 'token_rejected' } },
      },
    });
  });

  it.each<[SinkFault, string, boolean]>([
    ['refuses', 'the receiver answered 500', false],
    ['gone', 'the receiver answered 410', true],
    ['hangs', 'no answer within 1 s', false],
    ['resets', 'the connection was reset', false],
    ['redirects', 'the receiver answered 307: redirects are not followed', false],
  ])('fails if the receiver %s', async (fault, detail, final) => {
    sink.fault = fault;
    const sending = messenger(limitAt(fault)).send(message, 'webhook', channels());
    const { message: reason, final: last } = await failure(sending);
    expect([reason, last]).toEqual([detail, final]);
    expect(sink.lured).toBe(0);
  });

  it('arrives at a receiver that answers without an end, of which nothing is read', async () => {
    sink.fault = 'floods';
    await messenger().send(message, 'webhook', channels());
    expect(sink.received).toHaveLength(1);
  });

  it.each(['webhook', 'slack'] as const)(
    'reaches no private address that is not allowed: %s',
    async (channel) => {
      const sending = messenger({ allowPrivate: [] }).send(message, channel, channels());
      expect((await failure(sending)).message).toBe('the address is private or not allowed by the operator');
      expect(sink.received).toEqual([]);
    },
  );

  it.each(['http://127.0.0.1:9/secret-path', 'https://nobody.invalid/secret-path'])(
    'names neither URL nor secret when it fails: %s',
    async (url) => {
      const error = await failure(messenger().send(message, 'webhook', channels(url)));
      expect(JSON.stringify([error.message, error.stack])).not.toMatch(/secret-path|whsec_/);
    },
  );
});

it('a chat receives the message as text', async () => {
  await messenger().send(message, 'slack', channels());
  expect(JSON.parse(sink.received[0].text)).toMatchObject({
    text: expect.stringMatching(
      /^\*GitLab sync of acme needs a person\*\n`GitLab rejected the token\.\\u\{D\}/,
    ),
  });
});

describe('an e-mail', () => {
  it('goes to all addresses as plain text, with the headers of an automatic list', async () => {
    const to = ['ada@example.com', 'grace@example.com'];
    expect(await messenger().send(message, 'email', channels(undefined, to))).toBeNull();
    const [{ text, to: received }] = mail.received;
    expect(received).toEqual(to);
    const [headers, body] = text.split('\n\n', 2);
    expect(headers).toContain(`Message-ID: <${message.id}@example.com>`);
    expect(headers).toContain('Subject: GitLab sync of acme needs a person');
    expect(headers).toContain('Auto-Submitted: auto-generated');
    expect(headers).toMatch(/^List-ID: .*<acme\.gitlab-sync\.example\.com>$/im);
    expect(headers).toContain('Content-Type: text/plain; charset=utf-8');
    expect(headers).not.toMatch(/^bcc/im);
    expect(body).toContain('GitLab rejected the token.');
    expect(text).toContain('https://dot.example.com/panel');
  });

  it.each<[MailFault, string]>([
    ['refuses', 'the mail server answered 554'],
    ['hangs', 'the mail server did not answer in time'],
    ['resets', 'the connection to the mail server failed'],
  ])('fails if the server %s', async (fault, detail) => {
    mail.fault = fault;
    const sending = messenger(limitAt(fault)).send(message, 'email', channels());
    expect((await failure(sending)).message).toBe(detail);
    expect(mail.received).toEqual([]);
  });

  it('that a part of the addresses receives is sent, with a remark', async () => {
    mail.fault = 'refuses-one';
    const to = ['ada@example.com', 'nobody@example.com'];
    expect(await messenger().send(message, 'email', channels(undefined, to))).toBe(
      'the mail server refused 1 of 2 addresses',
    );
    expect(mail.received).toMatchObject([{ to: ['ada@example.com'] }]);
  });

  it('needs a server and a sender', () => {
    expect(() => messenger({ smtpUrl: 'smtp://mail.example.com' })).toThrow(SmtpUrlInvalid);
  });
});
