import { Injectable } from '@nestjs/common';
import { CredentialsService, NotConnected } from '@app/credentials';
import { Clock, type OrgId } from '@app/kernel';
import { WebhookEndpoint } from '../../domain/webhook-endpoint';
import { EndpointChanges } from './endpoint-changes';
import { WebhookSecrets } from '../secrets/webhook-secrets';
import { WebhookEndpoints } from '../ports/webhook-endpoints.port';

/**
 * Returns the org's endpoint with keys of the current connection. Creates the endpoint or renews its keys if needed.
 */
@Injectable()
export class EnsureEndpoint {
  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly changes: EndpointChanges,
    private readonly credentials: CredentialsService,
    private readonly secrets: WebhookSecrets,
    private readonly clock: Clock,
  ) {}

  /** @throws NotConnected */
  async execute(org: OrgId): Promise<WebhookEndpoint> {
    const generation = await this.generation(org);
    const found = await this.endpoints.ofOrg(org);
    return found?.belongsTo(generation)
      ? found
      : this.changes.apply(org, (current) => this.renew(org, current));
  }

  /** Reads the generation again: it may have changed while this call waited for the lock. */
  private async renew(org: OrgId, current: WebhookEndpoint | null): Promise<WebhookEndpoint> {
    const generation = await this.generation(org);
    if (current?.belongsTo(generation)) return current;
    const [keys, now] = [this.secrets.make(org), this.clock.now()];
    return current?.renewedFor(generation, keys, now) ?? WebhookEndpoint.create(org, generation, keys, now);
  }

  private async generation(org: OrgId): Promise<string> {
    const connection = await this.credentials.connection(org);
    if (!connection) throw new NotConnected();
    return connection.generation;
  }
}
