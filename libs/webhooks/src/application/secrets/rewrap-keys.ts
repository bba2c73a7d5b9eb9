import { Injectable } from '@nestjs/common';
import type { Rewrapped } from '@app/credentials';
import { DomainError, readAll, type OrgId } from '@app/kernel';
import { EndpointChanges } from '../hooks/endpoint-changes';
import { WebhookSecrets } from './webhook-secrets';
import { WebhookEndpoints } from '../ports/webhook-endpoints.port';

/** Reseals every endpoint's keys with the vault's current key, so that former ones can be retired. Safe to repeat. */
@Injectable()
export class RewrapKeys {
  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly changes: EndpointChanges,
    private readonly secrets: WebhookSecrets,
  ) {}

  async execute(): Promise<Rewrapped> {
    const failed: OrgId[] = [];
    let seen = 0;
    for await (const org of readAll<OrgId>((last, limit) => this.endpoints.orgsAfter(last, limit))) {
      if (!(await this.rewrap(org))) failed.push(org);
      seen++;
    }
    return { count: seen - failed.length, failed };
  }

  private async rewrap(org: OrgId): Promise<boolean> {
    try {
      await this.changes.applyToExisting(org, (current) =>
        current.resealed((sealed) => this.secrets.reseal(sealed)),
      );
      return true;
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  }
}
