import { Injectable } from '@nestjs/common';
import type { Act } from '@app/audit';
import { Clock, type OrgId } from '@app/kernel';
import { ProjectConfigService } from '@app/project-config';
import type { WebhookKeys } from '../../domain/webhook-keys';
import { catchDomainError } from '../hooks/catch-domain-error';
import { EndpointChanges } from '../hooks/endpoint-changes';
import { EnsureEndpoint } from '../hooks/ensure-endpoint';
import { WebhookSecrets } from './webhook-secrets';
import { RegisterHook } from '../hooks/register-hook';

/** The new keys, and whether GitLab has them. */
export interface Rotated {
  readonly keys: WebhookKeys;
  readonly handover: Handover;
}

/** Reports whether GitLab has the new secret. */
export interface Handover {
  readonly done: boolean;
  readonly detail: string;
}

const BY_HAND =
  "Copy the new secret into the webhook's Secret token field in GitLab (Settings → Webhooks) within ten minutes; until then the old one is accepted too.";

/**
 * Creates new keys and accepts the old ones for ten more minutes. Sends the new keys to GitLab if this service
 * registered the hook.
 */
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
  async execute(org: OrgId, act: Act): Promise<Rotated> {
    await this.projects.requireTarget(org);
    const { hook } = await this.ensureEndpoint.execute(org);
    const { keys, sealed } = this.secrets.makeShown(org);
    await this.changes.applyToExisting(
      org,
      (current) => current.rotated(sealed, this.clock.now()),
      () => act.record(),
    );
    return { keys, handover: await this.handOver(org, hook !== null) };
  }

  private async handOver(org: OrgId, registered: boolean): Promise<Handover> {
    if (!registered) return { done: false, detail: BY_HAND };
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
