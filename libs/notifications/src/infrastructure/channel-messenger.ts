import { Injectable } from '@nestjs/common';
import { Clock } from '@app/kernel';
import { Agents } from '@app/outbound';
import { NotificationsSettings } from '../application/notifications.settings';
import { DeliveryFailed, Messenger } from '../application/ports/messenger.port';
import type { Channels } from '../domain/channels';
import type { ChannelName, Message } from '../domain/message';
import { wordsOf } from '../domain/words';
import { Mail } from './mail';
import { postJson } from './post-json';
import { slackBody } from './slack-text';
import { signedWebhook } from './webhook-body';

/** Sends through webhooks, Slack and SMTP. */
@Injectable()
export class ChannelMessenger extends Messenger {
  private readonly agents: Agents;
  private readonly mail: Mail | null;

  constructor(
    private readonly settings: NotificationsSettings,
    private readonly clock: Clock,
  ) {
    super();
    this.agents = new Agents({ ...settings.outbound, timeoutMs: settings.timeoutMs });
    this.mail = settings.smtpUrl && new Mail(settings.smtpUrl, settings.timeoutMs);
  }

  get sendsEmail(): boolean {
    return this.mail !== null;
  }

  async send(message: Message, channel: ChannelName, channels: Channels): Promise<string | null> {
    const { webhook, slack, email = [] } = channels;
    const link = this.settings.pageUrl.replaceAll('{org}', encodeURIComponent(message.org));
    const words = wordsOf(message, link);
    const post = { agents: this.agents, timeoutMs: this.settings.timeoutMs };
    if (channel === 'webhook' && webhook) {
      const { body, headers } = signedWebhook(message, words, webhook.secret, this.clock.now());
      await postJson(post, webhook.url, body, headers);
    } else if (channel === 'slack' && slack) {
      await postJson(post, slack.url, slackBody(words));
    } else if (channel === 'email') {
      if (!this.mail) throw new DeliveryFailed('the operator has set no mail server');
      return this.mail.send(message, words, email);
    }
    return null;
  }
}
