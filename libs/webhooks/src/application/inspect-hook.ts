import { Injectable } from '@nestjs/common';
import { HookNotFound } from '@app/gitlab';
import type { OrgId } from '@app/kernel';
import { ProjectConfigService } from '@app/project-config';
import { liesIn, type RegisteredHook } from '../domain/webhook-endpoint';
import { EnsureEndpoint } from './ensure-endpoint';
import { WantedHook } from './wanted-hook';

/** `unsuitable` is all that registering it again repairs: another project, branch or URL, former keys, disabled. */
export type HookFinding = 'in_order' | 'missing' | 'unsuitable' | 'unwanted';

/** Compares the hook this service made with what it should be. Changes nothing on GitLab. */
@Injectable()
export class InspectHook {
  constructor(
    private readonly projects: ProjectConfigService,
    private readonly ensureEndpoint: EnsureEndpoint,
    private readonly wantedHook: WantedHook,
  ) {}

  async execute(org: OrgId, hook: RegisteredHook): Promise<HookFinding> {
    if (!(await this.projects.target(org))) return 'unwanted';
    const endpoint = await this.ensureEndpoint.execute(org);
    const { target, gitlab } = await this.projects.open(org);
    if (!liesIn(target, hook) || hook.keysId !== endpoint.keys.id) return 'unsuitable';
    const wanted = this.wantedHook.of(endpoint, target.branch);
    try {
      const { url, branchFilter, pushEvents, alertStatus } = await gitlab.hook(hook.projectId, hook.hookId);
      const delivers = pushEvents && alertStatus === 'executable';
      return delivers && url === wanted.url && branchFilter === wanted.branch ? 'in_order' : 'unsuitable';
    } catch (error) {
      if (error instanceof HookNotFound) return 'missing';
      throw error;
    }
  }
}
