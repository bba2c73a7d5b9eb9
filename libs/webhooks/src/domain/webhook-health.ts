import type { Refusal } from './delivery-proof';
import type { HookCondition } from './webhook-endpoint';

const SILENT_AFTER_MS = 24 * 3_600_000;

/** Says whether deliveries arrive; if not, why. */
export type WebhookHealth =
  'healthy' | 'silent' | 'never_delivered' | 'refused' | Exclude<HookCondition, 'working'>;

export interface VitalSigns {
  /** Time of the last delivery that was proven with the current connection's keys. */
  readonly lastDeliveryAt: Date | null;
  readonly lastRefusal: { readonly at: Date; readonly reason: Refusal } | null;
  /** State of the registered hook; null if there is none. */
  readonly hook: { readonly condition: HookCondition; readonly checkedAt: Date } | null;
}

/** Returns the health. A proven delivery outweighs earlier findings. */
export function healthOf({ lastDeliveryAt, lastRefusal, hook }: VitalSigns, now: Date): WebhookHealth {
  const isNews = (at: Date) => !lastDeliveryAt || at > lastDeliveryAt;
  if (hook && hook.condition !== 'working' && isNews(hook.checkedAt)) return hook.condition;
  if (lastRefusal && isNews(lastRefusal.at)) return 'refused';
  if (!lastDeliveryAt) return 'never_delivered';
  return now.getTime() - lastDeliveryAt.getTime() > SILENT_AFTER_MS ? 'silent' : 'healthy';
}

const WRONG_KEYS =
  "Verify the URL and secret in GitLab match what Dot's panel shows, or register the webhook again.";

const REFUSAL_ADVICE: Record<Refusal, string> = {
  secret_missing: `The last delivery carried no secret. ${WRONG_KEYS}`,
  secret_wrong: `The last delivery carried a wrong secret. ${WRONG_KEYS}`,
  signature_wrong: `The last delivery carried a wrong signature. ${WRONG_KEYS}`,
  signature_expired:
    "The last delivery was signed more than five minutes off. Set the clock of the GitLab server or of Dot's server.",
};

/** Returns the next step for the admin, or null if there is nothing to do. */
export function adviceFor(health: WebhookHealth, { lastRefusal, hook }: VitalSigns): string | null {
  switch (health) {
    case 'healthy':
    case 'silent':
      return null;
    case 'never_delivered':
      return hook
        ? 'Nothing was delivered yet. If pushes do not arrive, check that GitLab can reach the URL.'
        : 'Nothing was delivered yet. Verify the URL and secret in GitLab match what is shown here; confirm Push events is ' +
            'enabled; check the configured branch matches.';
    case 'refused':
      return lastRefusal && REFUSAL_ADVICE[lastRefusal.reason];
    case 'disabled':
      return 'GitLab disabled the webhook because deliveries failed. Check that GitLab can reach the URL, then register it again.';
    case 'missing':
      return 'The webhook is gone from GitLab. Register it again, or add it by hand with this URL and secret.';
    case 'not_permitted':
      return 'The webhook could not be maintained: the token needs the Maintainer role in the project. Give it that role and register again, or keep the webhook up to date by hand.';
  }
}
