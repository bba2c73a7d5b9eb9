import { Injectable } from '@nestjs/common';
import { CredentialsService, SecretUnreadable } from '@app/credentials';
import { Secret, type OrgId } from '@app/kernel';
import type { Channels } from '../domain/channels';
import { StoredChannels } from './ports/stored-channels.port';

const PURPOSE = 'notifications';

/** Seals and opens the channels of an org. */
@Injectable()
export class OpenChannels {
  constructor(
    private readonly stored: StoredChannels,
    private readonly credentials: CredentialsService,
  ) {}

  /** @throws VaultKeyUnknown, SecretUnreadable */
  async of(org: OrgId): Promise<Channels> {
    return this.open(org, await this.stored.find(org));
  }

  /** Locks the channels until the transaction ends. Those that no key opens count as none. @throws VaultKeyUnknown */
  async lock(org: OrgId): Promise<Channels> {
    const sealed = await this.stored.lock(org);
    try {
      return this.open(org, sealed);
    } catch (error) {
      if (error instanceof SecretUnreadable) return {};
      throw error;
    }
  }

  async save(org: OrgId, channels: Channels): Promise<void> {
    const text = new Secret(JSON.stringify(channels));
    await this.stored.save(org, this.credentials.vault.seal(org, PURPOSE, text));
  }

  private open(org: OrgId, sealed: string | null): Channels {
    if (sealed === null) return {};
    return JSON.parse(this.credentials.vault.open(org, PURPOSE, sealed).reveal()) as Channels;
  }
}
