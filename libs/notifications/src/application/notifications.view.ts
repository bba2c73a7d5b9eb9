import type { Channels } from '../domain/channels';
import { CHANNELS, type ChannelName } from '../domain/message';
import type { ChannelState } from './ports/deliveries.port';
import type { TestResult } from './send-test';

/** Shows which channels receive messages, and how the last ones arrived. Holds no secret. */
export interface NotificationsView {
  /** `host`: the host's own notifier receives all notices, and no channel does. */
  readonly deliveredBy: 'channels' | 'host';
  readonly webhook: { readonly url: string } | null;
  /** The origin only: the rest of the URL is a secret. */
  readonly slack: { readonly url: string } | null;
  readonly email: readonly string[];
  /** False if the operator has set no mail server. */
  readonly emailAvailable: boolean;
  readonly channels: readonly ChannelView[];
}

/** The last delivery of a channel. */
export interface ChannelView {
  readonly channel: ChannelName;
  readonly deliveredAt: string | null;
  /** Null unless the last delivery failed. */
  readonly failure: FailureView | null;
}

/** Why the last delivery failed, and when it is tried again. */
export interface FailureView {
  readonly at: string;
  readonly detail: string;
  /** Null if it was given up. */
  readonly retryAt: string | null;
}

/** The outcome of a test, by channel. */
export interface NotificationsTestView {
  readonly results: readonly TestResult[];
}

export function notificationsView(
  { webhook, slack, email = [] }: Channels,
  states: readonly ChannelState[],
  given: Pick<NotificationsView, 'deliveredBy' | 'emailAvailable'>,
): NotificationsView {
  const present = { webhook, slack, email: email.length ? email : undefined };
  return {
    ...given,
    webhook: webhook ? { url: webhook.url } : null,
    slack: slack ? { url: new URL(slack.url).origin } : null,
    email,
    channels: CHANNELS.filter((channel) => present[channel]).map((channel) =>
      channelView(
        channel,
        states.find((state) => state.channel === channel),
      ),
    ),
  };
}

function channelView(channel: ChannelName, state?: ChannelState): ChannelView {
  const { deliveredAt = null, failure = null } = state ?? {};
  const lasts = failure !== null && (deliveredAt === null || failure.at >= deliveredAt);
  return {
    channel,
    deliveredAt: deliveredAt?.toISOString() ?? null,
    failure: lasts
      ? {
          at: failure.at.toISOString(),
          detail: failure.error,
          retryAt: failure.retryAt?.toISOString() ?? null,
        }
      : null,
  };
}
