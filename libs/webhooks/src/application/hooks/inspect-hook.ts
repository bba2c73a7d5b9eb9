import { Injectable } from '@nestjs/common';
import { filtersAsWanted, HookNotFound, type CallOptions, type Hook, type HookRequest } from '@app/gitlab';
import type { OrgId } from '@app/kernel';
import { ProjectConfigService } from '@app/project-config';
import type { HookFinding } from '../../domain/hook-check';
import { isConnectedBy, type RegisteredHook, type WebhookEndpoint } from '../../domain/webhook-endpoint';
import { Deliveries } from '../ports/deliveries.port';
import { EnsureEndpoint } from './ensure-endpoint';
import { DesiredHook } from './desired-hook';

/** Compares the hook that this service registered with its desired state. Changes nothing on GitLab. */
@Injectable()
export class InspectHook {
  constructor(
    private readonly projects: ProjectConfigService,
    private readonly ensureEndpoint: EnsureEndpoint,
    private readonly desiredHook: DesiredHook,
    private readonly deliveries: Deliveries,
  ) {}

  async execute(org: OrgId, hook: RegisteredHook, options?: CallOptions): Promise<HookFinding> {
    if (!(await this.projects.target(org))) return 'unwanted';
    const endpoint = await this.ensureEndpoint.execute(org);
    const { target, gitlab } = await this.projects.open(org, options);
    if (!isConnectedBy(target, hook)) return 'other_project';
    if (hook.keysId !== endpoint.keys.id) return 'other_secret';
    const wanted = this.desiredHook.build(endpoint, target);
    try {
      const found = await gitlab.hook(hook.projectId, hook.hookId);
      if (found.url !== wanted.url) return 'other_url';
      if (found.alertStatus !== 'executable') return 'disabled';
      if (!delivers(found, wanted)) return 'other_settings';
      return proves(found, hook) && !(await this.isRefused(endpoint)) ? 'in_order' : 'other_secret';
    } catch (error) {
      if (error instanceof HookNotFound) return 'missing';
      throw error;
    }
  }

  /**
   * Compares a hook made by hand, found by its URL. Its maker chose the branches and whether certificates are
   * verified.
   */
  async byHand(org: OrgId, options?: CallOptions): Promise<Exclude<HookFinding, 'other_url'>> {
    const endpoint = await this.ensureEndpoint.execute(org);
    const { target, gitlab } = await this.projects.open(org, options);
    const wanted = this.desiredHook.build(endpoint, target);
    const found = (await gitlab.listHooks(target.projectId)).find(({ url }) => url === wanted.url);
    if (!found) return 'missing';
    if (found.alertStatus !== 'executable') return 'disabled';
    if (!sendsEvents(found, wanted)) return 'other_settings';
    return found.tokenPresent !== false && !(await this.isRefused(endpoint)) ? 'in_order' : 'other_secret';
  }

  /**
   * Returns whether the latest delivery was refused. GitLab never reveals its secrets, so only deliveries show that
   * they were changed there. A stranger can cause refusals too. They cost at most one repair per check, and its test
   * delivery proves the hook again.
   */
  private async isRefused({ org, since }: WebhookEndpoint): Promise<boolean> {
    const refusal = await this.deliveries.lastRefused(org, since);
    if (!refusal || refusal.reason === 'signature_expired') return false;
    const proven = await this.deliveries.lastProven(org, since);
    return !proven || refusal.at > proven;
  }
}

/** Compares the settings. A setting that an old server does not report counts as correct. */
function delivers(hook: Hook, wanted: HookRequest): boolean {
  const verifies = (hook.verifiesTls ?? wanted.verifyTls) === wanted.verifyTls;
  return sendsEvents(hook, wanted) && filtersAsWanted(hook, wanted.branches) && verifies;
}

/** More events than wanted do no harm. */
function sendsEvents({ pushEvents, mergeRequestEvents }: Hook, wanted: HookRequest): boolean {
  return pushEvents && (mergeRequestEvents || !wanted.mergeRequestEvents);
}

/** Ignores a missing signing token if GitLab never confirmed one: sending it again would not help. */
function proves({ tokenPresent, signingTokenPresent }: Hook, { signs }: RegisteredHook): boolean {
  return tokenPresent !== false && !(signs && signingTokenPresent === false);
}
