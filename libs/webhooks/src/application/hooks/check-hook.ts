import { Injectable } from '@nestjs/common';
import { WebhookNotPermitted } from '@app/gitlab';
import { Clock, type OrgId } from '@app/kernel';
import type { HookCondition, RegisteredHook } from '../../domain/webhook-endpoint';
import { catchDomainError } from './catch-domain-error';
import { EndpointChanges } from './endpoint-changes';
import { InspectHook } from './inspect-hook';
import { RegisterHook } from './register-hook';
import { RemoveHook } from './remove-hook';
import { WebhookEndpoints } from '../ports/webhook-endpoints.port';

/**
 * Verifies the hook that this service registered. Repairs it as far as the token allows if it was deleted, disabled
 * or changed on GitLab, or has old keys. Removes it if it is no longer needed, and records its condition for the
 * admin.
 */
@Injectable()
export class CheckHook {
  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly inspectHook: InspectHook,
    private readonly registerHook: RegisterHook,
    private readonly removeHook: RemoveHook,
    private readonly changes: EndpointChanges,
    private readonly clock: Clock,
  ) {}

  /** Does nothing if the webhook was set up by hand. Records an error from GitLab instead of throwing it. */
  async execute(org: OrgId): Promise<void> {
    const hook = (await this.endpoints.ofOrg(org))?.hook;
    if (!hook) return;
    const obstacle = await catchDomainError(() => this.verify(org, hook));
    if (obstacle instanceof WebhookNotPermitted) await this.note(org, 'not_permitted');
    else if (obstacle) await this.note(org);
  }

  private async verify(org: OrgId, hook: RegisteredHook): Promise<void> {
    const finding = await this.inspectHook.execute(org, hook);
    if (finding === 'unwanted') return this.removeHook.execute(org, hook);
    if (finding === 'in_order') return this.note(org, 'working');
    if (finding === 'missing') await this.note(org, 'missing');
    await this.registerHook.execute(org);
  }

  private async note(org: OrgId, condition?: HookCondition): Promise<void> {
    const checkedAt = this.clock.now();
    await this.changes.applyToExisting(org, (current) =>
      current.hook
        ? current.withHook({ ...current.hook, condition: condition ?? current.hook.condition, checkedAt })
        : current,
    );
  }
}
