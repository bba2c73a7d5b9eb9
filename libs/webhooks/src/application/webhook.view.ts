import { inert } from '@app/kernel';
import type { Delivery } from '../domain/delivery';
import type { WebhookHealth } from '../domain/webhook-health';
import type { WebhookKeys } from '../domain/webhook-keys';
import type { HookTest } from './hooks/register-hook';
import type { Registered, WebhookStatus } from './hooks/view-webhook';
import type { Handover } from './secrets/rotate-secret';

/** A webhook as shown to admins and members, without secrets. */
export interface WebhookView {
  readonly url: string;
  /** `automatic`: made and maintained by `register`; `manual`: known only by its deliveries. */
  readonly registered: Registered;
  readonly lastDeliveryAt: string | null;
  readonly health: WebhookHealth;
  /** The next step, if a person has to act. */
  readonly advice: string | null;
}

/** The secrets that prove a delivery. Only for admins. */
export interface WebhookSecretView {
  readonly secret: string;
  readonly signingToken: string | null;
}

/** A webhook after `register`, with the outcome of its test. */
export interface RegisteredWebhookView extends WebhookView {
  /** Outcome of the sample push that GitLab was asked for. */
  readonly test: HookTest;
}

/** A webhook with its new secret. Only for admins. */
export interface RotatedWebhookView extends WebhookView, WebhookSecretView {
  /** Shows if GitLab has the new secret already. */
  readonly handover: Handover;
}

/** A delivery as shown to people, with its outcome. */
export interface DeliveryView {
  readonly id: string;
  readonly at: string;
  readonly event: string | null;
  readonly commit: string | null;
  readonly outcome: Delivery['outcome'];
  readonly reason: Delivery['reason'];
  readonly runId: string | null;
  readonly coalesced: number;
}

export function webhookView({ url, registered, lastDeliveryAt, health, advice }: WebhookStatus): WebhookView {
  return {
    url,
    registered,
    lastDeliveryAt: lastDeliveryAt?.toISOString() ?? null,
    health,
    advice: advice && inert(advice),
  };
}

export function webhookSecretView({ secret, signingToken }: WebhookKeys): WebhookSecretView {
  return { secret: secret.reveal(), signingToken: signingToken.reveal() };
}

export function deliveryView(delivery: Delivery): DeliveryView {
  const { id, at, event, commit, outcome, reason, runId, coalesced } = delivery;
  return { id, at: at.toISOString(), event, commit, outcome, reason, runId, coalesced };
}
