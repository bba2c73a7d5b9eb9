import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import type { OrgId } from '@app/kernel';
import {
  Deliveries,
  type ChannelState,
  type Delivery,
  type Failure,
} from '../application/ports/deliveries.port';
import type { SentMessage } from '../domain/compose';
import type { DeliveryChannel, Message } from '../domain/message';

type Row = Omit<Message, 'id'> & { readonly id: string; readonly channel: DeliveryChannel; attempts: number };
type StateRow = { channel: DeliveryChannel; deliveredAt: Date | null; failedAt: Date | null } & {
  error: string | null;
  dueAt: Date | null;
};

@Injectable()
export class PostgresDeliveries extends Deliveries {
  constructor(private readonly db: Database) {
    super();
  }

  async add({ id, org, at, content }: Message, channels: readonly DeliveryChannel[], dueAt: Date) {
    await this.db.forOrg(org).query(
      `INSERT INTO notice_deliveries (id, channel, org, at, content, due_at)
       SELECT $1, unnest($2::text[]), $3, $4, $5, $6`,
      [id, channels, org, at, JSON.stringify(content), dueAt],
    );
  }

  sentSince(org: OrgId, since: Date): Promise<SentMessage[]> {
    return this.db.forOrg(org).query(
      `SELECT min(at) AS at, min(content #>> '{notice,kind}') AS kind FROM notice_deliveries
        WHERE org = $1 AND at > $2 AND content <> '"test"' GROUP BY id ORDER BY min(at)`,
      [org, since],
    );
  }

  async testsSince(org: OrgId, since: Date): Promise<Date[]> {
    const rows = await this.db.forOrg(org).query<{ at: Date }[]>(
      `SELECT min(at) AS at FROM notice_deliveries
        WHERE org = $1 AND at > $2 AND content = '"test"' GROUP BY id ORDER BY min(at)`,
      [org, since],
    );
    return rows.map(({ at }) => at);
  }

  async claim(now: Date, until: Date, limit: number): Promise<Delivery[]> {
    const [rows] = await this.db.acrossOrgs.query<[Row[], number]>(
      `UPDATE notice_deliveries SET attempts = attempts + 1, due_at = $2
        WHERE (id, channel) IN (SELECT id, channel FROM notice_deliveries WHERE due_at <= $1
                                 ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED)
       RETURNING id, channel, org, at, content, attempts`,
      [now, until, limit],
    );
    return rows.map(({ channel, attempts, ...message }) => ({ message, channel, attempts }));
  }

  async delivered({ message, channel }: Delivery, at: Date, remark: string | null): Promise<void> {
    await this.db.forOrg(message.org).query(
      `UPDATE notice_deliveries SET due_at = NULL, delivered_at = $4, error = $5,
              failed_at = CASE WHEN $5::text IS NULL THEN NULL ELSE $4::timestamptz END
        WHERE org = $1 AND id = $2 AND channel = $3`,
      [message.org, message.id, channel, at, remark],
    );
  }

  async failed({ message, channel, attempts }: Delivery, { error, at, retryAt }: Failure): Promise<void> {
    await this.db.forOrg(message.org).query(
      `UPDATE notice_deliveries SET due_at = $5, failed_at = $6, error = $7
        WHERE org = $1 AND id = $2 AND channel = $3 AND attempts = $4 AND delivered_at IS NULL`,
      [message.org, message.id, channel, attempts, retryAt, at, error],
    );
  }

  async drop({ message, channel }: Delivery): Promise<void> {
    await this.db
      .forOrg(message.org)
      .query(`DELETE FROM notice_deliveries WHERE org = $1 AND id = $2 AND channel = $3`, [
        message.org,
        message.id,
        channel,
      ]);
  }

  /** Reads two rows of each channel: the last that arrived, and the last that failed. */
  async states(org: OrgId): Promise<ChannelState[]> {
    const rows = await this.db.forOrg(org).query<StateRow[]>(
      `SELECT channel, max(delivered_at) AS "deliveredAt", max(failed_at) AS "failedAt",
              (array_agg(error ORDER BY failed_at DESC) FILTER (WHERE failed_at IS NOT NULL))[1] AS error,
              (array_agg(due_at ORDER BY failed_at DESC) FILTER (WHERE failed_at IS NOT NULL))[1] AS "dueAt"
         FROM notice_deliveries WHERE org = $1 GROUP BY channel`,
      [org],
    );
    return rows.map(({ channel, deliveredAt, failedAt, error, dueAt }) => ({
      channel,
      deliveredAt,
      failure: failedAt && { error: error ?? '', at: failedAt, retryAt: dueAt },
    }));
  }
}
