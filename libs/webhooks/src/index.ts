export type { Registered, WebhookStatus } from './application/hooks/view-webhook';
export type { HookTest } from './application/hooks/register-hook';
export type { Receipt } from './application/ingest/ingest-delivery';
export type { LoggedReceipt } from './application/ingest/log-delivery';
export type { DeliveryHeaders } from './application/ingest/incoming-delivery';
export { WebhookUrls } from './application/hooks/webhook-urls';
export { WebhookApi } from './application/webhook.api';
export { webhookView } from './application/webhook.view';
export type { Handover } from './application/secrets/rotate-secret';
export type {
  DeliveryView,
  RegisteredWebhookView,
  RotatedWebhookView,
  WebhookSecretView,
  WebhookView,
} from './application/webhook.view';
export { WebhooksService } from './application/webhooks.service';
export type { Arrival, Delivery, Verdict } from './domain/delivery';
export type { Refusal } from './domain/delivery-proof';
export type { Ignored } from './domain/event-filter';
export type { HookCondition } from './domain/webhook-endpoint';
export type { WebhookHealth } from './domain/webhook-health';
export { WebhooksModule } from './webhooks.module';
export { webhooksMigrations } from './infrastructure/migrations';
