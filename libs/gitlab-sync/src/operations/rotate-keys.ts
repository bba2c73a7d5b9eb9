import { Injectable } from '@nestjs/common';
import { RewrapTokens, type Rewrapped } from '@app/credentials';
import { ResealChannels } from '@app/notifications';
import { WebhooksService } from '@app/webhooks';

/** The outcome of a key rotation, by the kind of secret. */
export interface RotatedKeys {
  readonly tokens: Rewrapped;
  readonly webhooks: Rewrapped;
  readonly notifications: Rewrapped;
}

/**
 * Wraps every secret of every module with the first key of the key ring. If none failed, the former keys can be removed.
 */
@Injectable()
export class RotateKeys {
  constructor(
    private readonly tokens: RewrapTokens,
    private readonly webhooks: WebhooksService,
    private readonly channels: ResealChannels,
  ) {}

  async execute(): Promise<RotatedKeys> {
    return {
      tokens: await this.tokens.execute(),
      webhooks: await this.webhooks.rewrapKeys(),
      notifications: await this.channels.execute(),
    };
  }
}
