import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Act } from '@app/audit';
import { Clock, DomainError, Transactions, type OrgId } from '@app/kernel';
import type { Channels } from '../domain/channels';
import { CHANNELS, type ChannelName, type Message } from '../domain/message';
import { TooManyTests } from '../domain/notifications.errors';
import { NotificationsSettings } from './notifications.settings';
import { OpenChannels } from './open-channels';
import { Deliveries, type Delivery } from './ports/deliveries.port';
import { DeliveryFailed, Messenger } from './ports/messenger.port';

const HOUR_MS = 3_600_000;
export const MOST_TESTS = 10;

/** The outcome of a test through one channel. */
export interface TestResult {
  readonly channel: ChannelName;
  readonly ok: boolean;
  /** Names the cause of a failure; null if there is none. */
  readonly detail: string | null;
}

/** Sends a test through each channel of an org, once. */
@Injectable()
export class SendTest {
  constructor(
    private readonly channels: OpenChannels,
    private readonly deliveries: Deliveries,
    private readonly messenger: Messenger,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly settings: NotificationsSettings,
  ) {}

  /** @throws TooManyTests, VaultKeyUnknown, SecretUnreadable */
  async execute(org: OrgId, act: Act): Promise<TestResult[]> {
    const channels = await this.channels.of(org);
    const names = CHANNELS.filter((channel) => channels[channel]);
    const now = this.clock.now();
    const message: Message = { id: randomUUID(), org, at: now, content: 'test' };
    await this.transactions.run(async () => {
      await this.channels.lock(org);
      const tests = await this.deliveries.testsSince(org, new Date(now.getTime() - HOUR_MS));
      if (tests.length >= MOST_TESTS) throw new TooManyTests(tests[0].getTime() + HOUR_MS - now.getTime());
      // Only if this process ends, a worker sends the test.
      await this.deliveries.add(message, names, new Date(now.getTime() + this.settings.claimMs));
      await act.record(names.join(', '));
    });
    return Promise.all(
      names.map((channel) => this.send({ message, channel, attempts: 0 }, channel, channels)),
    );
  }

  private async send(delivery: Delivery, channel: ChannelName, channels: Channels): Promise<TestResult> {
    try {
      const remark = await this.messenger.send(delivery.message, channel, channels);
      await this.deliveries.delivered(delivery, this.clock.now(), remark);
      return { channel, ok: remark === null, detail: remark };
    } catch (error) {
      if (!(error instanceof DeliveryFailed) && !(error instanceof DomainError)) throw error;
      const { message } = error;
      await this.deliveries.failed(delivery, { error: message, at: this.clock.now(), retryAt: null });
      return { channel, ok: false, detail: message };
    }
  }
}
