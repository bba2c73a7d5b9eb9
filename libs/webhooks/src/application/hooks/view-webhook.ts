import { Injectable } from '@nestjs/common';
import { Clock, DomainError, type OrgId } from '@app/kernel';
import { ProjectConfigService, type SyncTarget } from '@app/project-config';
import { isConnectedBy, type WebhookEndpoint } from '../../domain/webhook-endpoint';
import { adviceFor, healthOf, type VitalSigns, type WebhookHealth } from '../../domain/webhook-health';
import type { WebhookKeys } from '../../domain/webhook-keys';
import { Deliveries } from '../ports/deliveries.port';
import { EnsureEndpoint } from './ensure-endpoint';
import { WebhookSecrets } from '../secrets/webhook-secrets';
import { WebhookUrls } from './webhook-urls';

/** `manual` shows by its deliveries alone. */
export type Registered = 'automatic' | 'manual' | 'none';

export interface WebhookStatus {
  readonly url: string;
  /** Null for those who may not see them, and where they cannot be opened. */
  readonly keys: WebhookKeys | null;
  readonly registered: Registered;
  readonly lastDeliveryAt: Date | null;
  readonly health: WebhookHealth;
  /** What a person has to do; null where nothing is to be done. */
  readonly advice: string | null;
}

const UNSEEN: { readonly keys: WebhookKeys | null; readonly locked: string | null } = {
  keys: null,
  locked: null,
};

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

  /** Null where no project is configured. */
  async execute(org: OrgId, { secret }: { secret: boolean }): Promise<WebhookStatus | null> {
    const target = await this.projects.target(org);
    if (!target) return null;
    const endpoint = await this.ensureEndpoint.execute(org);
    const signs = await this.vitalSigns(endpoint, target);
    const health = healthOf(signs, this.clock.now());
    const { keys, locked } = secret ? this.open(endpoint) : UNSEEN;
    return {
      url: this.urls.urlOf(endpoint),
      keys,
      registered: signs.hook ? 'automatic' : signs.lastDeliveryAt ? 'manual' : 'none',
      lastDeliveryAt: signs.lastDeliveryAt,
      health,
      advice: locked ?? adviceFor(health, signs),
    };
  }

  /** What to do where the key that seals them is missing is said in their place. */
  private open({ org, keys }: WebhookEndpoint): typeof UNSEEN {
    try {
      return { keys: this.secrets.open(org, keys), locked: null };
    } catch (error) {
      if (error instanceof DomainError) return { keys: null, locked: error.message };
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
