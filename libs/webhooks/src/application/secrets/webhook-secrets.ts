import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { randomUUID } from 'node:crypto';
import { CredentialsService } from '@app/credentials';
import { Secret, type OrgId } from '@app/kernel';
import { newKeys, type SealedKeys, type WebhookKeys } from '../../domain/webhook-keys';

const PURPOSE = 'webhook-keys';
const MOST_OPEN = 5_000;

/** Creates keys, seals them for storage and opens them again. */
@Injectable()
export class WebhookSecrets {
  /**
   * Cache of opened keys: unsealing is the most expensive part of verifying a delivery. A changed seal is opened
   * again.
   */
  private readonly opened = new LRUCache<string, { readonly sealed: string; readonly keys: WebhookKeys }>({
    max: MOST_OPEN,
  });

  constructor(private readonly credentials: CredentialsService) {}

  make(org: OrgId): SealedKeys {
    return this.makeShown(org).sealed;
  }

  /** Creates keys and returns them both in plain and sealed. */
  makeShown(org: OrgId): { readonly keys: WebhookKeys; readonly sealed: SealedKeys } {
    const keys = newKeys();
    const both = new Secret(JSON.stringify([keys.secret.reveal(), keys.signingToken.reveal()]));
    return { keys, sealed: { id: randomUUID(), sealed: this.credentials.vault.seal(org, PURPOSE, both) } };
  }

  open(org: OrgId, { id, sealed }: SealedKeys): WebhookKeys {
    const name = `${org} ${id}`;
    const known = this.opened.get(name);
    if (known?.sealed === sealed) return known.keys;
    const keys = this.unseal(org, sealed);
    this.opened.set(name, { sealed, keys });
    return keys;
  }

  reseal(sealed: string): string {
    return this.credentials.vault.rewrap(sealed);
  }

  private unseal(org: OrgId, sealed: string): WebhookKeys {
    const both = JSON.parse(this.credentials.vault.open(org, PURPOSE, sealed).reveal()) as [string, string];
    const [secret, signingToken] = both.map((text) => new Secret(text)) as [Secret, Secret];
    return { secret, signingToken };
  }
}
