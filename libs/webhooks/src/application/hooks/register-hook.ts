import { Injectable } from '@nestjs/common';
import type { Act } from '@app/audit';
import { WebhookNotPermitted, type CallOptions, type GitLab, type Hook } from '@app/gitlab';
import { Clock, type OrgId } from '@app/kernel';
import { ProjectConfigService, type SyncTarget } from '@app/project-config';
import { watchedBy } from '../../domain/watched-branches';
import { manualSetupInstructions } from '../../domain/manual-setup-instructions';
import { isConnectedBy, type WebhookEndpoint } from '../../domain/webhook-endpoint';
import { catchDomainError } from './catch-domain-error';
import { EndpointChanges } from './endpoint-changes';
import { EnsureEndpoint } from './ensure-endpoint';
import { RemoveHook } from './remove-hook';
import { DesiredHook } from './desired-hook';

/** Reports whether GitLab could deliver a sample push. */
export interface HookTest {
  readonly ok: boolean;
  readonly detail: string;
}

/** Brings the hook on GitLab to its desired state: creates it, adopts it or repairs it. Safe to repeat. */
@Injectable()
export class RegisterHook {
  constructor(
    private readonly projects: ProjectConfigService,
    private readonly ensureEndpoint: EnsureEndpoint,
    private readonly desiredHook: DesiredHook,
    private readonly removeHook: RemoveHook,
    private readonly changes: EndpointChanges,
    private readonly clock: Clock,
  ) {}

  /**
   * `act`: the audited request, absent if the service acts by itself.
   * @throws NotConnected, NotConfigured, WebhookNotPermitted with the steps to do by hand, WebhookUrlRefused
   */
  async execute(org: OrgId, act?: Act, options?: CallOptions): Promise<HookTest> {
    const endpoint = await this.ensureEndpoint.execute(org);
    const { target, gitlab } = await this.projects.open(org, options);
    await act?.begin();
    if (endpoint.hook && !isConnectedBy(target, endpoint.hook))
      await this.removeHook.execute(org, endpoint.hook);

    const hook = await this.place(endpoint, target, gitlab);
    await this.remember(endpoint, target, hook, act);
    const obstacle = await catchDomainError(() => gitlab.testHook(target.projectId, hook.id));
    return { ok: !obstacle, detail: obstacle?.message ?? 'GitLab delivered a test event.' };
  }

  /**
   * Keeps one hook and deletes its duplicates, which would deliver twice. Every hook with the endpoint's URL is ours,
   * because the URL cannot be guessed.
   */
  private async place(endpoint: WebhookEndpoint, target: SyncTarget, gitlab: GitLab): Promise<Hook> {
    const { projectId, pathWithNamespace } = target;
    const wanted = this.desiredHook.build(endpoint, target);
    const known = endpoint.hook && isConnectedBy(target, endpoint.hook) ? endpoint.hook.hookId : null;
    try {
      const hooks = await gitlab.listHooks(projectId);
      const [kept, ...others] = hooks.filter(({ id, url }) => id === known || url === wanted.url);
      for (const other of others) await gitlab.deleteHook(projectId, other.id);
      if (!kept) return await gitlab.createHook(projectId, wanted);
      return await gitlab.updateHook(projectId, kept.id, wanted);
    } catch (error) {
      if (!(error instanceof WebhookNotPermitted)) throw error;
      throw new WebhookNotPermitted(
        manualSetupInstructions(pathWithNamespace, wanted.url, watchedBy(target)),
      );
    }
  }

  private async remember(
    { org, keys }: WebhookEndpoint,
    target: SyncTarget,
    hook: Hook,
    act?: Act,
  ): Promise<void> {
    const { projectId, connectionId } = target;
    const condition = hook.alertStatus === 'executable' ? 'working' : 'disabled';
    const signs = hook.signingTokenPresent === true;
    const registered = {
      hookId: hook.id,
      projectId,
      connectionId,
      keysId: keys.id,
      signs,
      condition,
    } as const;
    const withHook = (current: WebhookEndpoint) =>
      current.withHook({ ...registered, checkedAt: this.clock.now() });
    await this.changes.applyToExisting(org, withHook, act && (() => act.record()));
  }
}
