import { Injectable } from '@nestjs/common';
import type { Rewrapped } from '@app/credentials';
import type { OrgId } from '@app/kernel';
import { VerifyDueHooks } from './hooks/verify-due-hooks';
import { CheckHook } from './hooks/check-hook';
import { RewrapKeys } from './secrets/rewrap-keys';
import { ViewWebhook, type WebhookStatus } from './hooks/view-webhook';

/** Exposes the state and the checks of an org's webhook to other modules. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly viewWebhook: ViewWebhook,
    private readonly checkHookUseCase: CheckHook,
    private readonly verifyDueHooksUseCase: VerifyDueHooks,
    private readonly rewrap: RewrapKeys,
  ) {}

  /** Returns null if no project is configured. */
  view(org: OrgId): Promise<WebhookStatus | null> {
    return this.viewWebhook.execute(org);
  }

  /** Returns whether deliveries are reliable, so that polling may be rare. */
  async isHealthy(org: OrgId): Promise<boolean> {
    return (await this.view(org))?.health === 'healthy';
  }

  /** Verifies the hook on GitLab; never fails because of GitLab's response. */
  checkHook(org: OrgId): Promise<void> {
    return this.checkHookUseCase.execute(org);
  }

  /** Verifies some of the hooks that were not checked for an hour; returns their number. */
  verifyDueHooks(): Promise<number> {
    return this.verifyDueHooksUseCase.execute();
  }

  /** Reseals the stored keys with the vault's current key. */
  rewrapKeys(): Promise<Rewrapped> {
    return this.rewrap.execute();
  }
}
