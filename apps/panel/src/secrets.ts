import type { WebhookSecret } from './contract';
import type { Session } from './session';

/** Requests the webhook's secrets without storing them. */
export function readSecret({ api }: Session): Promise<WebhookSecret> {
  const params = { path: api.path };
  return api.take(api.client.GET('/api/v1/orgs/{org}/gitlab/webhook/secret', { params }));
}
