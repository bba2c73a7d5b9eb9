import { Injectable } from '@nestjs/common';
import { CredentialsService, type Rewrapped } from '@app/credentials';
import { WebhooksService } from '@app/webhooks';

/** Brings every secret of every module under the first key of the ring: once nothing failed, the former keys may go. */
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
