export type { Registered, WebhookStatus } from './application/hooks/view-webhook';
export type { Answer as Receipt } from './application/ingest/ingest-delivery';
export type { DeliveryHeaders } from './application/ingest/incoming-delivery';
export { WebhookUrls } from './application/hooks/webhook-urls';
export { WebhookApi } from './application/webhook.api';
export { webhookView } from './application/webhook.view';
export type {
  DeliveryView,
  RegisteredWebhookView,
  RotatedWebhookView,
  WebhookSecretView,
  WebhookView,
} from './application/webhook.view';
export { WebhooksService } from './application/webhooks.service';
export type { WebhookHealth } from './domain/webhook-health';
export { WebhooksModule } from './webhooks.module';
export { webhooksMigrations } from './infrastructure/migrations';
