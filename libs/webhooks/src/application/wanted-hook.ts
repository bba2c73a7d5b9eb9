import { Injectable } from '@nestjs/common';
import type { HookRequest } from '@app/gitlab';
import type { WebhookEndpoint } from '../domain/webhook-endpoint';
import { KeySeal } from './key-seal';
import { WebhookUrls } from './webhook-urls';

/** What the hook on GitLab should be. */
@Injectable()
export class WantedHook {
  constructor(
    private readonly keySeal: KeySeal,
    private readonly urls: WebhookUrls,
  ) {}

  of(endpoint: WebhookEndpoint, branch: string): HookRequest {
    const { secret: token, signingToken } = this.keySeal.open(endpoint.org, endpoint.keys);
    return { url: this.urls.of(endpoint), token, signingToken, branch, verifyTls: true };
  }
}
