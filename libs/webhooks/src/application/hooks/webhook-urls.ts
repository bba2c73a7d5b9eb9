import type { WebhookEndpoint } from '../../domain/webhook-endpoint';

/** Builds the URL that GitLab delivers to. */
export class WebhookUrls {
  private readonly base: string;

  constructor(publicUrl: string, path = 'webhooks/gitlab') {
    this.base = [publicUrl, path].map((part) => part.replace(/^\/+|\/+$/g, '')).join('/');
  }

  urlOf({ id }: WebhookEndpoint): string {
    return `${this.base}/${id}`;
  }
}
