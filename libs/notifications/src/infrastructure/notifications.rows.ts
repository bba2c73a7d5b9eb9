import { Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import type { ErrorCode, OrgId } from '@app/kernel';
import type { DeliveryChannel, Draft } from '../domain/message';
import type { Notice } from '../domain/notice';

/** A notice that is in no message yet. */
@Entity('notices')
@Index('notices_due', ['dueAt'])
@Index('notices_in_order', ['org', 'position'])
export class NoticeRow {
  /** PostgreSQL returns bigint as text. */
  @PrimaryGeneratedColumn('increment', { type: 'bigint' })
  position: string;
  @Column('text')
  org: OrgId;
  @Column('timestamptz')
  at: Date;
  @Column('timestamptz', { name: 'due_at' })
  dueAt: Date;
  @Column('jsonb')
  notice: Notice;
}

/** An org that waits for a person. */
@Entity('notice_states')
export class NoticeStateRow {
  @PrimaryColumn('text')
  org: OrgId;
  @Column('timestamptz')
  since: Date;
  @Column('text')
  code: ErrorCode;
}

/** A message to one channel. */
@Entity('notice_deliveries')
@Index('notice_deliveries_due', ['dueAt'], { where: 'due_at IS NOT NULL' })
@Index('notice_deliveries_of_org', ['org', 'at'])
export class NoticeDeliveryRow {
  @PrimaryColumn('uuid')
  id: string;
  @PrimaryColumn('text')
  channel: DeliveryChannel;
  @Column('text')
  org: OrgId;
  @Column('timestamptz')
  at: Date;
  @Column('jsonb')
  content: Draft | 'test';
  @Column('integer', { default: 0 })
  attempts: number;
  /** Null once it is delivered or given up. */
  @Column('timestamptz', { name: 'due_at', nullable: true })
  dueAt: Date | null;
  @Column('timestamptz', { name: 'delivered_at', nullable: true })
  deliveredAt: Date | null;
  @Column('timestamptz', { name: 'failed_at', nullable: true })
  failedAt: Date | null;
  @Column('text', { nullable: true })
  error: string | null;
}

/** The channels of an org, sealed. */
@Entity('notice_channels')
export class NoticeChannelsRow {
  @PrimaryColumn('text')
  org: OrgId;
  @Column('text')
  sealed: string;
}

export const notificationsRows = [NoticeRow, NoticeStateRow, NoticeDeliveryRow, NoticeChannelsRow];
