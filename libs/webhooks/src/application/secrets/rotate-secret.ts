import { Injectable } from '@nestjs/common';
import type { Act } from '@app/audit';
import { Clock, type OrgId } from '@app/kernel';
import { ProjectConfigService } from '@app/project-config';
import { catchDomainError } from '../hooks/catch-domain-error';
import { EndpointChanges } from '../hooks/endpoint-changes';
import { EnsureEndpoint } from '../hooks/ensure-endpoint';
import { WebhookSecrets } from './webhook-secrets';
import { RegisterHook } from '../hooks/register-hook';

/** Whether GitLab has the new secret. */
export interface Handover {
  readonly done: boolean;
  readonly detail: string;
}

const BY_HAND =
  "Copy the new secret into the webhook's Secret token field in GitLab (Settings → Webhooks) within ten minutes; until then the old one is accepted too.";

/** New keys; the old ones are accepted for ten minutes more. Gives them to GitLab where the hook was made by this service. */
@Injectable()
export class RotateSecret {
  constructor(
    private readonly projects: ProjectConfigService,
    private readonly ensureEndpoint: EnsureEndpoint,
    private readonly changes: EndpointChanges,
    private readonly secrets: WebhookSecrets,
    private readonly registerHook: RegisterHook,
    private readonly clock: Clock,
  ) {}

  /** @throws NotConnected, NotConfigured */
  async execute(org: OrgId, act: Act): Promise<Handover> {
    await this.projects.requireTarget(org);
    const { hook } = await this.ensureEndpoint.execute(org);
    await this.changes.applyToExisting(
      org,
      (current) => current.rotated(this.secrets.make(org), this.clock.now()),
      () => act.record(),
    );
    if (!hook) return { done: false, detail: BY_HAND };
    const obstacle = await catchDomainError(() =>
      this.registerHook.execute(org, undefined, { priority: 'interactive' }),
    );
    if (obstacle)
      return {
        done: false,
        detail: `GitLab could not be given the new secret. ${obstacle.message} ${BY_HAND}`,
      };
    return { done: true, detail: 'GitLab has the new secret.' };
  }
}
