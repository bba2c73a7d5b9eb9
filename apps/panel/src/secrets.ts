import { Fault } from './api';
import type { WebhookSecret } from './contract';
import type { Session } from './session';

/** Requests the webhook secret without storing it. A server without this route has the secret in its status. */
export async function readSecret({ api }: Session): Promise<WebhookSecret> {
  const params = { path: api.path };
  try {
    return await api.take(api.client.GET('/api/v1/orgs/{org}/gitlab/webhook/secret', { params }));
  } catch (error) {
    if (!(error instanceof Fault) || error.status !== 404) throw error;
    const { webhook } = await api.take(api.client.GET('/api/v1/orgs/{org}/gitlab', { params }));
    const { secret, signingToken } = (webhook ?? {}) as { secret?: string; signingToken?: string };
    if (!secret) throw error;
    return { secret, signingToken: signingToken ?? null };
  }
}
