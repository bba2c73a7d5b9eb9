import { Injectable } from '@nestjs/common';
import { CredentialsService, type Rewrapped } from '@app/credentials';
import { DomainError, readAll, type OrgId } from '@app/kernel';
import { StoredChannels } from './ports/stored-channels.port';

/** Seals every org's channels with the current key, so that former keys can be retired. Safe to repeat. */
@Injectable()
export class ResealChannels {
  constructor(
    private readonly stored: StoredChannels,
    private readonly credentials: CredentialsService,
  ) {}

  async execute(): Promise<Rewrapped> {
    const failed: OrgId[] = [];
    let seen = 0;
    for await (const org of readAll<OrgId>((last, limit) => this.stored.orgsAfter(last, limit))) {
      if (!(await this.reseal(org))) failed.push(org);
      seen++;
    }
    return { count: seen - failed.length, failed };
  }

  private async reseal(org: OrgId): Promise<boolean> {
    const before = await this.stored.find(org);
    if (before === null) return true;
    try {
      const after = this.credentials.vault.rewrap(before);
      if (after !== before) await this.stored.reseal(org, before, after);
      return true;
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  }
}
