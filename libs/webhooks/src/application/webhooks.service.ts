import { Injectable } from '@nestjs/common';
import type { Rewrapped } from '@app/credentials';
import type { OrgId } from '@app/kernel';
import { VerifyDueHooks } from './hooks/verify-due-hooks';
import { CheckHook } from './hooks/check-hook';
import { RewrapKeys } from './secrets/rewrap-keys';
import { ViewWebhook, type WebhookStatus } from './hooks/view-webhook';

/** What the module offers to others: how an org's webhook does. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly viewWebhook: ViewWebhook,
    private readonly checkHookUseCase: CheckHook,
    private readonly verifyDueHooksUseCase: VerifyDueHooks,
    private readonly rewrap: RewrapKeys,
  ) {}

  /** Null where no project is configured. */
  view(org: OrgId): Promise<WebhookStatus | null> {
    return this.viewWebhook.execute(org);
  }

  /** Whether deliveries can be relied on, so that polling may be rare. */
  async isHealthy(org: OrgId): Promise<boolean> {
    return (await this.view(org))?.health === 'healthy';
  }

  /** Looks after the hook on GitLab; never fails for what GitLab says. */
  checkHook(org: OrgId): Promise<void> {
    return this.checkHookUseCase.execute(org);
  }

  /** The same for some of those not looked at for an hour; answers how many. */
  verifyDueHooks(): Promise<number> {
    return this.verifyDueHooksUseCase.execute();
  }

  /** Brings the stored keys under the vault's current key. */
  rewrapKeys(): Promise<Rewrapped> {
    return this.rewrap.execute();
  }
}
