import type { WebhookEndpoint } from '../../domain/webhook-endpoint';

/** Builds the URL that GitLab delivers to. */
export class WebhookUrls {
  private readonly base: string;

  constructor(publicUrl: string) {
    this.base = publicUrl.replace(/\/+$/, '');
  }

  urlOf({ id }: WebhookEndpoint): string {
    return `${this.base}/webhooks/gitlab/${id}`;
  }
}
