import type { WebhookHealth } from './webhook-health';

/** State of the registered hook on GitLab. Registering it again repairs all but `in_order` and `unwanted`. */
export type HookFinding =
  | 'in_order'
  | 'missing'
  | 'other_project'
  | 'other_secret'
  | 'other_url'
  | 'disabled'
  | 'other_settings'
  | 'unwanted';

/** State of the deliveries received by this service. */
interface Seen {
  readonly health: WebhookHealth;
  readonly lastDeliveryAt: Date | null;
  readonly advice: string | null;
}

const AGAIN = 'Register it again.';

const FAULTS: Record<Exclude<HookFinding, 'in_order'>, string> = {
  missing: `The webhook is gone from GitLab. ${AGAIN}`,
  other_project: `The webhook is registered in the project that was configured before. ${AGAIN}`,
  other_secret: `GitLab has another secret for the webhook than this service. ${AGAIN} If it was set up by hand, copy the secret from Dot's panel.`,
  other_url: `The webhook has another URL on GitLab. ${AGAIN}`,
  disabled: `GitLab disabled the webhook because deliveries failed. Check that GitLab can reach the URL. ${AGAIN}`,
  other_settings: `The webhook was changed on GitLab: it must send push events of Dot's branches, merge request events if Dot proposes its changes, and verify certificates. ${AGAIN}`,
  unwanted: 'The webhook has no project any more. It is removed by itself.',
};

/**
 * Returns the connection check of the webhook. `unregistered`: there is none, and the token may register it. Silence
 * is no fault: perhaps nothing was pushed.
 */
export function hookCheck(
  state: HookFinding | 'unregistered',
  seen: Seen,
): { readonly ok: boolean; readonly detail: string } {
  if (state === 'unregistered')
    return {
      ok: true,
      detail: 'No webhook is registered. The token may register it; until then changes are found by polling.',
    };
  if (state !== 'in_order') return { ok: false, detail: FAULTS[state] };
  const { health, lastDeliveryAt, advice } = seen;
  const last = lastDeliveryAt && `The last delivery came at ${lastDeliveryAt.toISOString()}`;
  if (health === 'refused' || health === 'never_delivered')
    return {
      ok: false,
      detail: advice ?? 'The webhook is registered and enabled, but nothing was accepted from it.',
    };
  const works = ['The webhook is registered and enabled', ...(last ? [last] : [])];
  if (health !== 'silent') return { ok: true, detail: `${works.join('. ')}.` };
  const silence =
    'That is more than a day ago. If the branch was pushed to since, check that GitLab can reach the URL';
  return { ok: true, detail: `${[...works, silence].join('. ')}.` };
}

/** Returns the check if the token may not see webhooks. One that was made by hand and delivers passes. */
export function unseenHookCheck({
  health,
  registered,
}: Pick<Seen, 'health'> & { readonly registered: string }) {
  const delivers = registered === 'manual' && health === 'healthy';
  const next = delivers
    ? 'Its deliveries arrive.'
    : 'Give the token that role, or have a Maintainer check it in GitLab → Settings → Webhooks.';
  return { ok: delivers, detail: `${NOT_PERMITTED} ${next}` };
}

const NOT_PERMITTED =
  'The token may not see webhooks, so this one could not be compared: that needs the Maintainer role in the project.';
