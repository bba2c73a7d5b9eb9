import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '@app/audit';
import { Transactions, type Actor, type OrgId } from '@app/kernel';
import { changed, type Channels, type ChannelsChange } from '../domain/channels';
import { CHANNELS } from '../domain/message';
import { notificationsView, type NotificationsTestView, type NotificationsView } from './notifications.view';
import { OpenChannels } from './open-channels';
import { Deliveries } from './ports/deliveries.port';
import { Messenger } from './ports/messenger.port';
import { Notifier } from './ports/notifier.port';
import { SendTest } from './send-test';

/** The notifications of an org, for its admins: every change is recorded in the audit log. */
@Injectable()
export class NotificationsApi {
  /** @internal */
  constructor(
    private readonly channels: OpenChannels,
    private readonly deliveries: Deliveries,
    private readonly messenger: Messenger,
    private readonly sendTest: SendTest,
    @Inject(Notifier) private readonly host: Notifier | null,
    private readonly trail: AuditTrail,
    private readonly transactions: Transactions,
  ) {}

  /** Returns where messages go, and how the last ones arrived. @throws `vault_key_unknown`, `secret_unreadable` */
  async get(org: OrgId): Promise<NotificationsView> {
    return this.view(org, await this.channels.of(org));
  }

  /** Changes the named channels; null removes one. @throws `validation_failed`, `vault_key_unknown` */
  set(org: OrgId, change: ChannelsChange, by: Actor): Promise<NotificationsView> {
    const named = CHANNELS.filter((channel) => change[channel] !== undefined);
    const attempt = { org, action: 'notifications.change', by, target: named.join(', ') };
    return this.trail.attempt(attempt, async (act) => {
      const channels = await this.transactions.run(async () => {
        const next = changed(await this.channels.lock(org), change, this.messenger.sendsEmail);
        await this.channels.save(org, next);
        await act.record();
        return next;
      });
      return this.view(org, channels);
    });
  }

  /**
   * Sends a test through each channel and waits for the results.
   * @throws `too_many_requests`, `vault_key_unknown`, `secret_unreadable`
   */
  test(org: OrgId, by: Actor): Promise<NotificationsTestView> {
    return this.trail.attempt({ org, action: 'notifications.test', by, target: null }, async (act) => ({
      results: await this.sendTest.execute(org, act),
    }));
  }

  private async view(org: OrgId, channels: Channels): Promise<NotificationsView> {
    return notificationsView(channels, await this.deliveries.states(org), {
      deliveredBy: this.host ? 'host' : 'channels',
      emailAvailable: this.messenger.sendsEmail,
    });
  }
}
