import { Injectable } from '@nestjs/common';
import { Readable } from 'node:stream';
import { AuditTrail } from '@app/audit';
import { mapPage, type Actor, type OrgId, type Page, type PageRequest } from '@app/kernel';
import { NotConfigured } from '@app/project-config';
import { RegisterHook } from './hooks/register-hook';
import { ViewWebhook } from './hooks/view-webhook';
import { incomingDelivery, type DeliveryHeaders } from './ingest/incoming-delivery';
import { IngestDelivery, type Receipt } from './ingest/ingest-delivery';
import { Deliveries } from './ports/deliveries.port';
import { ReadSecret } from './read-secret';
import { RotateSecret } from './secrets/rotate-secret';
import {
  deliveryView,
  webhookSecretView,
  webhookView,
  type DeliveryView,
  type RegisteredWebhookView,
  type RotatedWebhookView,
  type WebhookSecretView,
  type WebhookView,
} from './webhook.view';

/** The webhook of an org, for people and for GitLab: every act of a person is recorded in the audit log. */
@Injectable()
export class WebhookApi {
  /** @internal */
  constructor(
    private readonly registerHook: RegisterHook,
    private readonly rotateSecret: RotateSecret,
    private readonly readSecret: ReadSecret,
    private readonly viewWebhook: ViewWebhook,
    private readonly ingest: IngestDelivery,
    private readonly log: Deliveries,
    private readonly trail: AuditTrail,
  ) {}

  /** Returns null if no project is configured. */
  async view(org: OrgId): Promise<WebhookView | null> {
    const status = await this.viewWebhook.execute(org);
    return status && webhookView(status);
  }

  /**
   * Creates or repairs the webhook on GitLab.
   * @throws `not_connected`, `not_configured`, `webhook_not_permitted`, `webhook_url_refused`
   */
  register(org: OrgId, by: Actor): Promise<RegisteredWebhookView> {
    return this.trail.attempt({ org, action: 'webhook.register', by, target: null }, async (act) => {
      const test = await this.registerHook.execute(org, act, { priority: 'interactive' });
      return { ...(await this.requireView(org)), test };
    });
  }

  /** Makes a new secret; the former one is accepted for ten more minutes. @throws `not_connected`, `not_configured` */
  rotate(org: OrgId, by: Actor): Promise<RotatedWebhookView> {
    return this.trail.attempt({ org, action: 'webhook.rotate', by, target: null }, async (act) => {
      const { keys, handover } = await this.rotateSecret.execute(org, act);
      return { ...(await this.requireView(org)), ...webhookSecretView(keys), handover };
    });
  }

  /** Reveals the secret, for a webhook made by hand. @throws `not_connected`, `not_configured`, `secret_unreadable` */
  secret(org: OrgId, by: Actor): Promise<WebhookSecretView> {
    return this.trail.attempt({ org, action: 'webhook.secret', by, target: null }, async (act) =>
      webhookSecretView(await this.readSecret.execute(org, act)),
    );
  }

  /** Lists the last 50 deliveries, newest first. @throws `validation_failed` */
  async deliveries(org: OrgId, page: PageRequest = {}): Promise<Page<DeliveryView>> {
    return mapPage(await this.log.list(org, page), deliveryView);
  }

  /**
   * Takes a delivery of GitLab, which its headers prove. `body`: the bytes exactly as GitLab sent them.
   * @throws `not_found`, `unauthenticated`
   */
  receive(endpointId: string, headers: DeliveryHeaders, body: Readable | Buffer): Promise<Receipt> {
    const stream = Buffer.isBuffer(body) ? Readable.from([body]) : body;
    return this.ingest.execute(incomingDelivery(endpointId, headers, stream));
  }

  private async requireView(org: OrgId): Promise<WebhookView> {
    const view = await this.view(org);
    if (!view) throw new NotConfigured();
    return view;
  }
}
