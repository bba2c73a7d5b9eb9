import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { CredentialsService } from '@app/credentials';
import { Secret, type OrgId } from '@app/kernel';
import { newKeys, type SealedKeys, type WebhookKeys } from '../domain/webhook-keys';

const PURPOSE = 'webhook-keys';

/** Makes keys that can be stored, and opens them again. */
@Injectable()
export class KeySeal {
  constructor(private readonly credentials: CredentialsService) {}

  make(org: OrgId): SealedKeys {
    const { secret, signingToken } = newKeys();
    const both = new Secret(JSON.stringify([secret.reveal(), signingToken.reveal()]));
    return { id: randomUUID(), sealed: this.credentials.vault.seal(org, PURPOSE, both) };
  }

  open(org: OrgId, { sealed }: SealedKeys): WebhookKeys {
    const both = JSON.parse(this.credentials.vault.open(org, PURPOSE, sealed).reveal()) as [string, string];
    const [secret, signingToken] = both.map((text) => new Secret(text)) as [Secret, Secret];
    return { secret, signingToken };
  }

  reseal(sealed: string): string {
    return this.credentials.vault.rewrap(sealed);
  }
}
