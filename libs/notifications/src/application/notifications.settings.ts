import type { Secret } from '@app/kernel';
import type { OutboundSettings } from '@app/outbound';

/** Configures the notifications of all orgs of a deployment. */
export class NotificationsSettings {
  /** The page that shows how the sync stands; `{org}` is replaced. */
  readonly pageUrl: string = '';
  /** `smtp://` or `smtps://`, with the sender as `?from=`; without it no e-mails are sent. */
  readonly smtpUrl: Secret | null = null;
  /** Milliseconds between looks for notices and deliveries that are due. */
  readonly everyMs: number = 5_000;
  /** Time for one attempt to deliver a message, up to the status of the answer. */
  readonly timeoutMs: number = 10_000;
  readonly outbound: OutboundSettings = {};

  constructor(settings: Partial<NotificationsSettings> = {}) {
    Object.assign(this, settings);
  }

  /** Longer than any attempt takes. Then another worker may try. */
  get claimMs(): number {
    return 6 * this.timeoutMs;
  }
}
