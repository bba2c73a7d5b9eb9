import { DeliveryFailed, Messenger } from '../src/application/ports/messenger.port';
import type { Channels } from '../src/domain/channels';
import type { ChannelName, Message } from '../src/domain/message';

export interface SentByFake {
  readonly message: Message;
  readonly channel: ChannelName;
}

/** Keeps the messages, or fails. */
export class FakeMessenger extends Messenger {
  readonly sent: SentByFake[] = [];
  readonly sendsEmail = true;
  private problem: DeliveryFailed | null = null;

  /** Lets every attempt fail from now on; null lets them succeed again. */
  givenProblem(detail: string | null, final = false): void {
    this.problem = detail === null ? null : new DeliveryFailed(detail, final);
  }

  async send(message: Message, channel: ChannelName, _: Channels): Promise<string | null> {
    if (this.problem) throw this.problem;
    this.sent.push({ message, channel });
    return null;
  }
}
