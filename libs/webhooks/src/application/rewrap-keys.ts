import { Injectable } from '@nestjs/common';
import type { OrgId } from '@app/kernel';
import { EndpointChanges } from './endpoint-changes';
import { KeySeal } from './key-seal';
import { WebhookEndpoints } from './webhook-endpoints.port';

const BATCH = 200;

/** Brings every endpoint's keys under the vault's current key, so that former ones can be retired. Safe to repeat. */
@Injectable()
export class RewrapKeys {
  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly changes: EndpointChanges,
    private readonly keySeal: KeySeal,
  ) {}

  /** How many endpoints there are. @throws VaultKeyUnknown */
  async execute(): Promise<number> {
    let count = 0;
    for (let last: OrgId | null = null; ;) {
      const orgs: OrgId[] = await this.endpoints.orgsAfter(last, BATCH);
      for (const org of orgs) {
        await this.changes.applyToExisting(org, (current) =>
          current.resealed((sealed) => this.keySeal.reseal(sealed)),
        );
      }
      count += orgs.length;
      if (orgs.length < BATCH) return count;
      last = orgs[orgs.length - 1]!;
    }
  }
}
