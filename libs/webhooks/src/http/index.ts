export { GitLabWebhookController } from './gitlab-webhook.controller';
export { WebhookController } from './webhook.controller';
export { WebhookView } from './webhook.dto';
