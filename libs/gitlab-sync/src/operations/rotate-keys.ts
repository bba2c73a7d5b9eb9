import { Injectable } from '@nestjs/common';
import { RewrapTokens, type Rewrapped } from '@app/credentials';
import { WebhooksService } from '@app/webhooks';

export interface RotatedKeys {
  readonly tokens: Rewrapped;
  readonly webhooks: Rewrapped;
}

/**
 * Wraps every secret of every module with the first key of the key ring. If none failed, the former keys can be removed.
 */
@Injectable()
export class RotateKeys {
  constructor(
    private readonly tokens: RewrapTokens,
    private readonly webhooks: WebhooksService,
  ) {}

  async execute(): Promise<RotatedKeys> {
    return { tokens: await this.tokens.execute(), webhooks: await this.webhooks.rewrapKeys() };
  }
}
