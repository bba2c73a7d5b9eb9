import { Injectable } from '@nestjs/common';
import { Clock, DomainError, type OrgId } from '@app/kernel';
import { ProjectConfigService, type SyncTarget } from '@app/project-config';
import { isConnectedBy, type WebhookEndpoint } from '../../domain/webhook-endpoint';
import { adviceFor, healthOf, type VitalSigns, type WebhookHealth } from '../../domain/webhook-health';
import { Deliveries } from '../ports/deliveries.port';
import { EnsureEndpoint } from './ensure-endpoint';
import { WebhookSecrets } from '../secrets/webhook-secrets';
import { WebhookUrls } from './webhook-urls';

/** Mode of registration. `manual` is known only by its deliveries. */
export type Registered = 'automatic' | 'manual' | 'none';

export interface WebhookStatus {
  readonly url: string;
  readonly registered: Registered;
  readonly lastDeliveryAt: Date | null;
  readonly health: WebhookHealth;
  /** Next step for the admin; null if there is nothing to do. */
  readonly advice: string | null;
}

@Injectable()
export class ViewWebhook {
  constructor(
    private readonly projects: ProjectConfigService,
    private readonly ensureEndpoint: EnsureEndpoint,
    private readonly secrets: WebhookSecrets,
    private readonly urls: WebhookUrls,
    private readonly deliveries: Deliveries,
    private readonly clock: Clock,
  ) {}

  /** Returns null if no project is configured. */
  async execute(org: OrgId): Promise<WebhookStatus | null> {
    const target = await this.projects.target(org);
    if (!target) return null;
    const endpoint = await this.ensureEndpoint.execute(org);
    const signs = await this.vitalSigns(endpoint, target);
    const health = healthOf(signs, this.clock.now());
    return {
      url: this.urls.urlOf(endpoint),
      registered: signs.hook ? 'automatic' : signs.lastDeliveryAt ? 'manual' : 'none',
      lastDeliveryAt: signs.lastDeliveryAt,
      health,
      advice: this.obstacle(endpoint) ?? adviceFor(health, signs),
    };
  }

  /** Returns the error's advice if the secrets cannot be opened: no delivery can be verified then. */
  private obstacle({ org, keys }: WebhookEndpoint): string | null {
    try {
      this.secrets.open(org, keys);
      return null;
    } catch (error) {
      if (error instanceof DomainError) return error.message;
      throw error;
    }
  }

  private async vitalSigns({ org, since, hook }: WebhookEndpoint, target: SyncTarget): Promise<VitalSigns> {
    return {
      lastDeliveryAt: await this.deliveries.lastProven(org, since),
      lastRefusal: await this.deliveries.lastRefused(org, since),
      hook: hook && isConnectedBy(target, hook) ? hook : null,
    };
  }
}
