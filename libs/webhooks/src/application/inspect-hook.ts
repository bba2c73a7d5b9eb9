import { Injectable } from '@nestjs/common';
import { HookNotFound, type Hook, type HookRequest } from '@app/gitlab';
import type { OrgId } from '@app/kernel';
import { ProjectConfigService } from '@app/project-config';
import { liesIn, type RegisteredHook, type WebhookEndpoint } from '../domain/webhook-endpoint';
import { Deliveries } from './deliveries.port';
import { EnsureEndpoint } from './ensure-endpoint';
import { WantedHook } from './wanted-hook';

/** `unsuitable` is all that registering it again repairs: another project, settings changed by hand, other keys, disabled. */
export type HookFinding = 'in_order' | 'missing' | 'unsuitable' | 'unwanted';

/** Compares the hook this service made with what it should be. Changes nothing on GitLab. */
@Injectable()
export class InspectHook {
  constructor(
    private readonly projects: ProjectConfigService,
    private readonly ensureEndpoint: EnsureEndpoint,
    private readonly wantedHook: WantedHook,
    private readonly deliveries: Deliveries,
  ) {}

  async execute(org: OrgId, hook: RegisteredHook): Promise<HookFinding> {
    if (!(await this.projects.target(org))) return 'unwanted';
    const endpoint = await this.ensureEndpoint.execute(org);
    const { target, gitlab } = await this.projects.open(org);
    if (!liesIn(target, hook) || hook.keysId !== endpoint.keys.id) return 'unsuitable';
    const wanted = this.wantedHook.of(endpoint, target.branch);
    try {
      const found = await gitlab.hook(hook.projectId, hook.hookId);
      const suits = delivers(found, wanted) && proves(found, hook) && !(await this.isRefused(endpoint));
      return suits ? 'in_order' : 'unsuitable';
    } catch (error) {
      if (error instanceof HookNotFound) return 'missing';
      throw error;
    }
  }

  /**
   * GitLab never tells its secrets: that they were changed there shows by deliveries alone. A stranger may cause refusals as
   * well; they cost a repair for each look at most, whose test delivery speaks for the hook again.
   */
  private async isRefused({ org, since }: WebhookEndpoint): Promise<boolean> {
    const refusal = await this.deliveries.lastRefused(org, since);
    if (!refusal || refusal.reason === 'signature_expired') return false;
    const proven = await this.deliveries.lastProven(org, since);
    return !proven || refusal.at > proven;
  }
}

/** What a server is too old to tell is taken to be as wanted. */
function delivers(hook: Hook, wanted: HookRequest): boolean {
  const { branchFilterStrategy, verifiesTls } = hook;
  const active = hook.pushEvents && hook.alertStatus === 'executable' && hook.url === wanted.url;
  const filters = (branchFilterStrategy ?? 'wildcard') === 'wildcard' && hook.branchFilter === wanted.branch;
  return active && filters && (verifiesTls ?? wanted.verifyTls) === wanted.verifyTls;
}

/** A signing token GitLab never confirmed is not missed: to send it again would be in vain. */
function proves({ tokenPresent, signingTokenPresent }: Hook, { signs }: RegisteredHook): boolean {
  return tokenPresent !== false && !(signs && signingTokenPresent === false);
}
