import { Injectable } from '@nestjs/common';
import type { HookRequest } from '@app/gitlab';
import type { WebhookEndpoint } from '../../domain/webhook-endpoint';
import { WebhookSecrets } from '../secrets/webhook-secrets';
import { WebhookUrls } from './webhook-urls';

/** Builds the desired state of the hook on GitLab. */
@Injectable()
export class DesiredHook {
  constructor(
    private readonly secrets: WebhookSecrets,
    private readonly urls: WebhookUrls,
  ) {}

  build(endpoint: WebhookEndpoint, branch: string): HookRequest {
    const { secret: token, signingToken } = this.secrets.open(endpoint.org, endpoint.keys);
    return { url: this.urls.urlOf(endpoint), token, signingToken, branch, verifyTls: true };
  }
}
