import type { OrgId } from '@app/kernel';
import type { SentMessage } from '../../domain/compose';
import type { DeliveryChannel, Message } from '../../domain/message';

/** A message on its way to one channel. */
export interface Delivery {
  readonly message: Message;
  readonly channel: DeliveryChannel;
  /** Number of times that it was claimed. */
  readonly attempts: number;
}

export interface Failure {
  readonly error: string;
  readonly at: Date;
  /** Null if it is given up. */
  readonly retryAt: Date | null;
}

/** Says how the deliveries to one channel ended last. */
export interface ChannelState {
  readonly channel: DeliveryChannel;
  readonly deliveredAt: Date | null;
  /** The last failure, also if later deliveries arrived. */
  readonly failure: Failure | null;
}

/** Stores each message for each channel until it is delivered or given up, and for 30 days after that. */
export abstract class Deliveries {
  /** Joins the caller's transaction. */
  abstract add(message: Message, channels: readonly DeliveryChannel[], dueAt: Date): Promise<void>;
  /** Returns the messages of an org since then, oldest first, without tests. */
  abstract sentSince(org: OrgId, since: Date): Promise<SentMessage[]>;
  /** Returns when the tests since then were sent, oldest first. */
  abstract testsSince(org: OrgId, since: Date): Promise<Date[]>;
  /** Claims deliveries that are due, each for one caller until `until`. */
  abstract claim(now: Date, until: Date, limit: number): Promise<Delivery[]>;
  /** `remark`: what went wrong although it arrived. */
  abstract delivered(delivery: Delivery, at: Date, remark: string | null): Promise<void>;
  /** Does nothing if another caller has claimed the delivery since. */
  abstract failed(delivery: Delivery, failure: Failure): Promise<void>;
  /** Forgets a delivery to a channel that was removed. */
  abstract drop(delivery: Delivery): Promise<void>;
  /** Returns the states of those channels that have one. */
  abstract states(org: OrgId): Promise<ChannelState[]>;
}
