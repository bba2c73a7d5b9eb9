import { Injectable } from '@nestjs/common';
import { Transactions, type OrgId } from '@app/kernel';
import type { WebhookEndpoint } from '../../domain/webhook-endpoint';
import { WebhookEndpoints } from '../ports/webhook-endpoints.port';

type Change<T> = (current: T) => Promise<WebhookEndpoint> | WebhookEndpoint;

/** Changes an org's endpoint while nobody else does. */
@Injectable()
export class EndpointChanges {
  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly transactions: Transactions,
  ) {}

  /** Null: there is none yet. */
  apply(org: OrgId, change: Change<WebhookEndpoint | null>): Promise<WebhookEndpoint> {
    return this.transactions.run(async () => {
      const changed = await change(await this.endpoints.hold(org));
      await this.endpoints.save(changed);
      return changed;
    });
  }

  /** Nothing where there is none; what is to be kept `alongside` is, in either case. */
  async applyToExisting(
    org: OrgId,
    change: Change<WebhookEndpoint>,
    alongside?: () => Promise<void>,
  ): Promise<void> {
    await this.transactions.run(async () => {
      const current = await this.endpoints.hold(org);
      if (current) await this.endpoints.save(await change(current));
      await alongside?.();
    });
  }

  /** What was there, or null. */
  remove(org: OrgId): Promise<WebhookEndpoint | null> {
    return this.transactions.run(async () => {
      const removed = await this.endpoints.hold(org);
      await this.endpoints.remove(org);
      return removed;
    });
  }
}
