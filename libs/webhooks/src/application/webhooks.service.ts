import { Injectable } from '@nestjs/common';
import type { Rewrapped } from '@app/credentials';
import type { OrgId } from '@app/kernel';
import { RewrapKeys } from './secrets/rewrap-keys';
import { ViewWebhook, type WebhookStatus } from './hooks/view-webhook';

/** Exposes the state of an org's webhook to other modules. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly viewWebhook: ViewWebhook,
    private readonly rewrap: RewrapKeys,
  ) {}

  /** Returns null if no project is configured. */
  view(org: OrgId): Promise<WebhookStatus | null> {
    return this.viewWebhook.execute(org);
  }

  /** Reseals the stored keys with the vault's current key. */
  rewrapKeys(): Promise<Rewrapped> {
    return this.rewrap.execute();
  }
}
