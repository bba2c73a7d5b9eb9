export type { Registered, WebhookStatus } from './application/hooks/view-webhook';
export { WebhooksService } from './application/webhooks.service';
export type { WebhookHealth } from './domain/webhook-health';
export { WebhookView } from './http/webhook.dto';
export { WebhooksModule } from './webhooks.module';
export type { WebhooksSettings } from './webhooks.module';
export { webhooksMigrations } from './infrastructure/migrations';
