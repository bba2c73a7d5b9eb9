import type { OrgId } from '@app/kernel';
import type { Notice, NoticeKind } from './notice';

/** Number of notices of each kind that a message counts without their content. */
export type Others = Readonly<Partial<Record<NoticeKind, number>>>;

/** Content of a message, before it has an id. */
export interface Draft {
  readonly notice: Notice;
  readonly others: Others;
}

/** One message to the people of an org, the same in every channel. The id stays the same with each attempt. */
export interface Message {
  readonly id: string;
  readonly org: OrgId;
  readonly at: Date;
  readonly content: Draft | 'test';
}

/** The ways in which messages reach people. */
export const CHANNELS = ['webhook', 'slack', 'email'] as const;
/** A word of `CHANNELS`. */
export type ChannelName = (typeof CHANNELS)[number];
/** A host's notifier takes the place of all channels. */
export type DeliveryChannel = ChannelName | 'host';
