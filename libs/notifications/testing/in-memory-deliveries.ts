import type { InMemoryTable, InMemoryTables } from '@app/database/testing';
import type { OrgId } from '@app/kernel';
import {
  Deliveries,
  type ChannelState,
  type Delivery,
  type Failure,
} from '../src/application/ports/deliveries.port';
import type { SentMessage } from '../src/domain/compose';
import type { DeliveryChannel, Message } from '../src/domain/message';

interface Row extends Delivery {
  readonly dueAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly failedAt: Date | null;
  readonly error: string;
}

const keyOf = ({ message, channel }: Delivery): string => `${message.id} ${channel}`;

export class InMemoryDeliveries extends Deliveries {
  private readonly rows: InMemoryTable<Row>;

  constructor(private readonly tables: InMemoryTables) {
    super();
    this.rows = tables.table('notice_deliveries');
  }

  async add(message: Message, channels: readonly DeliveryChannel[], dueAt: Date): Promise<void> {
    await this.tables.run(() => {
      for (const channel of channels) {
        const row = { message, channel, attempts: 0, dueAt, deliveredAt: null, failedAt: null, error: '' };
        this.rows.set(keyOf(row), row);
      }
    });
  }

  async sentSince(org: OrgId, since: Date): Promise<SentMessage[]> {
    return this.messagesOf(org, since).flatMap(({ at, content }) =>
      content === 'test' ? [] : [{ at, kind: content.notice.kind }],
    );
  }

  async testsSince(org: OrgId, since: Date): Promise<Date[]> {
    return this.messagesOf(org, since).flatMap(({ at, content }) => (content === 'test' ? [at] : []));
  }

  claim(now: Date, until: Date, limit: number): Promise<Delivery[]> {
    return this.tables.run(() => {
      const due = this.rows.values().filter(({ dueAt }) => dueAt !== null && dueAt <= now);
      return due.slice(0, limit).map((row) => {
        const claimed = { ...row, attempts: row.attempts + 1, dueAt: until };
        this.rows.set(keyOf(row), claimed);
        return { message: row.message, channel: row.channel, attempts: claimed.attempts };
      });
    });
  }

  async delivered(delivery: Delivery, at: Date, remark: string | null): Promise<void> {
    await this.change(delivery, (row) => ({
      ...row,
      ...{ dueAt: null, deliveredAt: at, failedAt: remark === null ? null : at, error: remark ?? '' },
    }));
  }

  async failed(delivery: Delivery, { error, at, retryAt }: Failure): Promise<void> {
    await this.change(delivery, (row) =>
      row.attempts === delivery.attempts && row.deliveredAt === null
        ? { ...row, dueAt: retryAt, failedAt: at, error }
        : row,
    );
  }

  async drop(delivery: Delivery): Promise<void> {
    await this.tables.run(() => this.rows.delete(keyOf(delivery)));
  }

  async states(org: OrgId): Promise<ChannelState[]> {
    const rows = this.rows.values().filter(({ message }) => message.org === org);
    const channels = [...new Set(rows.map(({ channel }) => channel))];
    return channels.map((channel) => {
      const own = rows.filter((row) => row.channel === channel);
      const latest = <K extends 'deliveredAt' | 'failedAt'>(key: K) =>
        own
          .filter((row) => row[key] !== null)
          .sort((one, other) => other[key]!.getTime() - one[key]!.getTime())
          .at(0);
      const failed = latest('failedAt');
      return {
        channel,
        deliveredAt: latest('deliveredAt')?.deliveredAt ?? null,
        failure: failed ? { error: failed.error, at: failed.failedAt!, retryAt: failed.dueAt } : null,
      };
    });
  }

  private async change(delivery: Delivery, next: (row: Row) => Row): Promise<void> {
    await this.tables.run(() => {
      const row = this.rows.get(keyOf(delivery));
      if (row) this.rows.set(keyOf(delivery), next(row));
    });
  }

  /** Returns the messages of an org, each once. */
  private messagesOf(org: OrgId, since: Date): Message[] {
    const messages = this.rows.values().map(({ message }) => message);
    const own = messages.filter((message) => message.org === org && message.at > since);
    return [...new Map(own.map((message) => [message.id, message])).values()];
  }
}
