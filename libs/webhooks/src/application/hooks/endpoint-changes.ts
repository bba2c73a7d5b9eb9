import { Injectable } from '@nestjs/common';
import { Transactions, type OrgId } from '@app/kernel';
import type { WebhookEndpoint } from '../../domain/webhook-endpoint';
import { WebhookEndpoints } from '../ports/webhook-endpoints.port';

type Change<T> = (current: T) => Promise<WebhookEndpoint> | WebhookEndpoint;

/** Changes an org's endpoint, one change at a time. */
@Injectable()
export class EndpointChanges {
  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly transactions: Transactions,
  ) {}

  /** Saves the changed endpoint. `change` receives null if there is no endpoint yet. */
  apply(org: OrgId, change: Change<WebhookEndpoint | null>): Promise<WebhookEndpoint> {
    return this.transactions.run(async () => {
      const changed = await change(await this.endpoints.hold(org));
      await this.endpoints.save(changed);
      return changed;
    });
  }

  /** Changes the endpoint if there is one. Runs `alongside` in the same transaction in either case. */
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

  /** Removes the endpoint and returns it, or null if there was none. */
  remove(org: OrgId): Promise<WebhookEndpoint | null> {
    return this.transactions.run(async () => {
      const removed = await this.endpoints.hold(org);
      await this.endpoints.remove(org);
      return removed;
    });
  }
}
