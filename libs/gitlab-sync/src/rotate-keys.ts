import { Injectable } from '@nestjs/common';
import { CredentialsService, type Rewrapped } from '@app/credentials';
import { WebhooksService } from '@app/webhooks';

/**
 * Wraps every secret of every module with the first key of the ring. If none failed, the former keys can be removed.
 */
@Injectable()
export class RotateKeys {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly webhooks: WebhooksService,
  ) {}

  async execute(): Promise<{ readonly tokens: Rewrapped; readonly webhooks: Rewrapped }> {
    return { tokens: await this.credentials.rewrapTokens(), webhooks: await this.webhooks.rewrapKeys() };
  }
}
