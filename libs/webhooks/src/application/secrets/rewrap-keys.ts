import { Injectable } from '@nestjs/common';
import type { Rewrapped } from '@app/credentials';
import { DomainError, type OrgId } from '@app/kernel';
import { EndpointChanges } from '../hooks/endpoint-changes';
import { WebhookSecrets } from './webhook-secrets';
import { WebhookEndpoints } from '../ports/webhook-endpoints.port';

const BATCH = 200;

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
    for (let last: OrgId | null = null; ;) {
      const orgs: OrgId[] = await this.endpoints.orgsAfter(last, BATCH);
      for (const org of orgs) if (!(await this.rewrap(org))) failed.push(org);
      seen += orgs.length;
      if (orgs.length < BATCH) return { count: seen - failed.length, failed };
      last = orgs[orgs.length - 1]!;
    }
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
