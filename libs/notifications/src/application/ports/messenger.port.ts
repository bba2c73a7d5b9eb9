import type { Channels } from '../../domain/channels';
import type { ChannelName, Message } from '../../domain/message';

/** Sends messages through the channels of an org. */
export abstract class Messenger {
  /** True if this service can send e-mails. */
  abstract readonly sendsEmail: boolean;
  /**
   * Sends a message once. Returns a remark if only a part of the addresses received it.
   * @throws DeliveryFailed
   */
  abstract send(message: Message, channel: ChannelName, channels: Channels): Promise<string | null>;
}

/** The channel did not take the message. Holds no secret, no URL and nothing that the other side wrote. */
export class DeliveryFailed extends Error {
  constructor(
    detail: string,
    /** True if the other side wants no more attempts. */
    readonly final = false,
  ) {
    super(detail);
  }
}
