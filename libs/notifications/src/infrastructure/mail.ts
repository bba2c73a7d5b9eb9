import type { Secret } from '@app/kernel';
import { DeliveryFailed } from '../application/ports/messenger.port';
import type { Message } from '../domain/message';
import { mailServerOf, type MailServer } from '../domain/smtp-url';
import { linesOf, type Words } from '../domain/words';

/** SMTP_URL does not say how mail is sent. */
export class SmtpUrlInvalid extends Error {
  constructor() {
    super(
      'The SMTP URL must be smtp:// or smtps:// with the sender, as in smtps://user:password@mail.example.com?from=dot@example.com.',
    );
  }
}

/** The mail server of the operator. It may be anywhere. */
export class Mail {
  private readonly server: MailServer;

  /** @throws SmtpUrlInvalid */
  constructor(
    smtpUrl: Secret,
    private readonly timeoutMs: number,
  ) {
    const server = mailServerOf(smtpUrl.reveal());
    if (!server) throw new SmtpUrlInvalid();
    this.server = server;
  }

  /** Sends one e-mail to all addresses. Returns a remark if some were refused. @throws DeliveryFailed */
  async send(message: Message, words: Words, to: readonly string[]): Promise<string | null> {
    const { createTransport } = await import('nodemailer'); // large, and many installations send no mail
    const transport = createTransport({
      url: this.server.url,
      connectionTimeout: this.timeoutMs,
      greetingTimeout: this.timeoutMs,
      socketTimeout: this.timeoutMs,
      dnsTimeout: this.timeoutMs,
    });
    const late = setTimeout(() => transport.close(), 2 * this.timeoutMs);
    try {
      const { rejected } = await transport.sendMail(this.compose(message, words, to));
      return rejected.length ? `the mail server refused ${rejected.length} of ${to.length} addresses` : null;
    } catch (error) {
      throw new DeliveryFailed(reasonOf(error));
    } finally {
      clearTimeout(late);
      transport.close();
    }
  }

  /** The id stays the same with each attempt, so that mail servers may recognise a repeated e-mail. */
  private compose({ id, org, content }: Message, words: Words, to: readonly string[]) {
    const { from } = this.server;
    const domain = from.split('@')[1];
    return {
      disableFileAccess: true,
      disableUrlAccess: true,
      from: { name: 'Dot GitLab Sync', address: from },
      to: to.map((address) => ({ name: '', address })),
      subject: words.title,
      text: `${[...linesOf(words), '', FOOTER].join('\n')}\n`,
      messageId: `<${id}@${domain}>`,
      headers: {
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'All',
        'X-Dot-Notice': content === 'test' ? 'test' : content.notice.kind,
      },
      list: {
        id: { url: `${org}.gitlab-sync.${domain}`, comment: 'GitLab sync' },
        ...(words.link.startsWith('https:') && { unsubscribe: { url: words.link } }),
      },
    };
  }
}

const FOOTER = 'An admin of your organization chose this address under Settings > Version Control > GitLab.';

const REASONS: Readonly<Record<string, string>> = {
  EAUTH: 'the mail server refused the login',
  ETIMEDOUT: 'the mail server did not answer in time',
  ECONNECTION: 'the connection to the mail server failed',
  ESOCKET: 'the connection to the mail server failed',
  EDNS: 'the name of the mail server could not be looked up',
  ETLS: 'the mail server offers no encryption that can be trusted',
};

/** The error itself may hold what the server said, and the addresses. */
function reasonOf(error: unknown): string {
  const { code, responseCode } = (error ?? {}) as { code?: unknown; responseCode?: unknown };
  if (typeof code === 'string' && REASONS[code]) return REASONS[code];
  if (typeof responseCode === 'number') return `the mail server answered ${responseCode}`;
  return 'the mail server could not be reached';
}
