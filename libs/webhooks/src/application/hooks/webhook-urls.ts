import type { WebhookEndpoint } from '../../domain/webhook-endpoint';

/** Where GitLab finds an endpoint. */
export class WebhookUrls {
  private readonly base: string;

  constructor(publicUrl: string) {
    this.base = publicUrl.replace(/\/+$/, '');
  }

  urlOf({ id }: WebhookEndpoint): string {
    return `${this.base}/webhooks/gitlab/${id}`;
  }
}
