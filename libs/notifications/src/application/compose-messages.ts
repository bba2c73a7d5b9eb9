import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock, DatabaseUnavailable, Transactions, type OrgId } from '@app/kernel';
import { SyncEngineService } from '@app/sync-engine';
import { compose, MOST_PER_HOUR } from '../domain/compose';
import { CHANNELS, type DeliveryChannel, type Draft } from '../domain/message';
import { OpenChannels } from './open-channels';
import { Deliveries } from './ports/deliveries.port';
import { Notices } from './ports/notices.port';
import { Notifier } from './ports/notifier.port';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const ORGS = 500;

/** Makes messages of the notices that are due, in one transaction for each org: no notice is sent twice. */
@Injectable()
export class ComposeMessages {
  private readonly logger = new Logger('notifications');

  constructor(
    private readonly notices: Notices,
    private readonly deliveries: Deliveries,
    private readonly channels: OpenChannels,
    private readonly sync: SyncEngineService,
    @Inject(Notifier) private readonly host: Notifier | null,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async execute(stopping?: AbortSignal): Promise<void> {
    for (const org of await this.notices.dueOrgs(this.clock.now(), ORGS)) {
      if (stopping?.aborted) return;
      await this.composeFor(org);
    }
  }

  /** A failure does not stop the other orgs. @throws DatabaseUnavailable */
  private async composeFor(org: OrgId): Promise<void> {
    try {
      const { busy } = await this.sync.restOf(org);
      const channels = await this.channelsOf(org);
      await this.transactions.run(() => this.record(org, channels, !busy));
    } catch (error) {
      if (error instanceof DatabaseUnavailable) throw error;
      this.logger.error({ err: error, org }, 'notices not composed; retrying in a minute');
      await this.notices.postpone(org, new Date(this.clock.now().getTime() + MINUTE_MS));
    }
  }

  private async record(org: OrgId, channels: readonly DeliveryChannel[], atRest: boolean): Promise<void> {
    const waiting = await this.notices.lock(org);
    const now = this.clock.now();
    const sent = await this.deliveries.sentSince(org, new Date(now.getTime() - HOUR_MS));
    const mostPerHour = this.host || !channels.length ? Infinity : MOST_PER_HOUR;
    const { drafts, taken, again } = compose(waiting, { now, sent, atRest, mostPerHour });
    await this.notices.remove(org, taken);
    if (again) await this.notices.postpone(org, again);
    if (channels.length) for (const draft of drafts) await this.queue(org, draft, channels, now);
  }

  private async queue(org: OrgId, content: Draft, channels: readonly DeliveryChannel[], at: Date) {
    const message = { id: randomUUID(), org, at, content };
    await this.deliveries.add(message, channels, at);
    const { kind } = content.notice;
    this.transactions.afterCommit(() =>
      this.logger.log({ org, message: message.id, kind, channels }, 'state of the sync changed'),
    );
  }

  private async channelsOf(org: OrgId): Promise<readonly DeliveryChannel[]> {
    if (this.host) return ['host'];
    const channels = await this.channels.of(org);
    return CHANNELS.filter((channel) => channels[channel]);
  }
}
