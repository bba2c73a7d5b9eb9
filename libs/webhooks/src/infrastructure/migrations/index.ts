import { Webhooks1767225614000 } from './1400-webhooks';
import { WebhookFloods1767225618000 } from './1800-webhook-floods';
import { ReplacedKeys1767225623000 } from './2300-replaced-keys';
import { DeliveriesById1767225633990 } from './3399-deliveries-by-id';

export const webhooksMigrations = [
  Webhooks1767225614000,
  WebhookFloods1767225618000,
  ReplacedKeys1767225623000,
  DeliveriesById1767225633990,
];
