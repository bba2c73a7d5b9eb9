import { Injectable } from '@nestjs/common';
import { Clock, type OrgId } from '@app/kernel';
import { ProjectConfigService, type SyncTarget } from '@app/project-config';
import { liesIn, type WebhookEndpoint } from '../domain/webhook-endpoint';
import { adviceFor, healthOf, type VitalSigns, type WebhookHealth } from '../domain/webhook-health';
import type { WebhookKeys } from '../domain/webhook-keys';
import { Deliveries } from './deliveries.port';
import { EnsureEndpoint } from './ensure-endpoint';
import { KeySeal } from './key-seal';
import { WebhookUrls } from './webhook-urls';

/** `manual` shows by its deliveries alone. */
export type Registered = 'automatic' | 'manual' | 'none';

export interface WebhookStatus {
  readonly url: string;
  /** Null for those who may not see them. */
  readonly keys: WebhookKeys | null;
  readonly registered: Registered;
  readonly lastDeliveryAt: Date | null;
  readonly health: WebhookHealth;
  /** What a person has to do; null where nothing is to be done. */
  readonly advice: string | null;
}

@Injectable()
export class ViewWebhook {
  constructor(
    private readonly projects: ProjectConfigService,
    private readonly ensureEndpoint: EnsureEndpoint,
    private readonly keySeal: KeySeal,
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
    return {
      url: this.urls.of(endpoint),
      keys: secret ? this.keySeal.open(org, endpoint.keys) : null,
      registered: signs.hook ? 'automatic' : signs.lastDeliveryAt ? 'manual' : 'none',
      lastDeliveryAt: signs.lastDeliveryAt,
      health,
      advice: adviceFor(health, signs),
    };
  }

  private async vitalSigns({ org, since, hook }: WebhookEndpoint, target: SyncTarget): Promise<VitalSigns> {
    return {
      lastDeliveryAt: await this.deliveries.lastProven(org, since),
      lastRefusal: await this.deliveries.lastRefused(org, since),
      hook: hook && liesIn(target, hook) ? hook : null,
    };
  }
}
