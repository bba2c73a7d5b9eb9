import type { Message } from '../domain/message';
import { signature } from '../domain/signature';
import { linesOf, type Words } from '../domain/words';

export interface SignedWebhook {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Returns the webhook of a message, with the headers of Standard Webhooks. Each attempt is signed with its own time. */
export function signedWebhook(message: Message, words: Words, secret: string, now: Date): SignedWebhook {
  const { id, org, at, content } = message;
  const about = content === 'test' ? { kind: 'test', org } : content.notice;
  const others = content === 'test' ? {} : content.others;
  const text = linesOf(words).join('\n');
  const body = JSON.stringify({
    type: `gitlab_sync.${about.kind}`,
    timestamp: at.toISOString(),
    data: { org, title: words.title, text, url: words.link, notice: about, others },
  });
  const webhookId = `msg_${id}`;
  const seconds = Math.floor(now.getTime() / 1000);
  return {
    body,
    headers: {
      'webhook-id': webhookId,
      'webhook-timestamp': String(seconds),
      'webhook-signature': signature(secret, webhookId, seconds, body),
    },
  };
}
