import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock, DatabaseUnavailable, DomainError } from '@app/kernel';
import { retryAt } from '../domain/retry';
import { NotificationsSettings } from './notifications.settings';
import { OpenChannels } from './open-channels';
import { Deliveries, type Delivery } from './ports/deliveries.port';
import { DeliveryFailed, Messenger } from './ports/messenger.port';
import { Notifier } from './ports/notifier.port';

const TOGETHER = 20;

/**
 * Delivers the messages that are due. A message is sent at least once: a worker that ends between the delivery and its
 * record leaves the message to another one, with the same id.
 */
@Injectable()
export class DeliverMessages {
  private readonly logger = new Logger('notifications');

  constructor(
    private readonly deliveries: Deliveries,
    private readonly channels: OpenChannels,
    private readonly messenger: Messenger,
    @Inject(Notifier) private readonly host: Notifier | null,
    private readonly clock: Clock,
    private readonly settings: NotificationsSettings,
  ) {}

  async execute(stopping?: AbortSignal): Promise<void> {
    let claimed: Delivery[];
    do {
      const now = this.clock.now();
      claimed = await this.deliveries.claim(now, new Date(now.getTime() + this.settings.claimMs), TOGETHER);
      await Promise.all(claimed.map((delivery) => this.deliver(delivery)));
    } while (claimed.length === TOGETHER && !stopping?.aborted);
  }

  private async deliver(delivery: Delivery): Promise<void> {
    try {
      const remark = await this.send(delivery);
      if (remark === 'gone') await this.deliveries.drop(delivery);
      else await this.deliveries.delivered(delivery, this.clock.now(), remark);
    } catch (error) {
      if (error instanceof DatabaseUnavailable) throw error;
      await this.fail(delivery, error);
    }
  }

  /** Returns `gone` if the channel was removed. */
  private async send({ message, channel }: Delivery): Promise<string | null> {
    if (channel === 'host') {
      if (!this.host) return 'gone';
      if (message.content !== 'test') await this.host.notify(message.content.notice, message.id);
      return null;
    }
    const channels = await this.channels.of(message.org);
    return channels[channel] ? this.messenger.send(message, channel, channels) : 'gone';
  }

  private async fail(delivery: Delivery, error: unknown): Promise<void> {
    const { message, channel, attempts } = delivery;
    const at = this.clock.now();
    const final = error instanceof DeliveryFailed && error.final;
    const again = final ? null : retryAt(message.at, attempts, at, Math.random());
    const known = error instanceof DeliveryFailed || error instanceof DomainError;
    await this.deliveries.failed(delivery, {
      error: known ? error.message : 'something unexpected happened',
      at,
      retryAt: again,
    });
    const about = { org: message.org, message: message.id, channel, attempts, givenUp: again === null };
    if (known) this.logger.warn({ ...about, reason: error.message }, 'notification not delivered');
    else this.logger.error({ ...about, err: error }, 'notification not delivered');
  }
}
