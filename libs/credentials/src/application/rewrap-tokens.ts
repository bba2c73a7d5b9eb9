import { Injectable } from '@nestjs/common';
import type { OrgId } from '@app/kernel';
import { Connections } from './connections.port';
import { Vault } from './vault';

const BATCH = 200;

/** Brings every stored token under the current key, so that former keys can be retired. Safe to repeat and while in use. */
@Injectable()
export class RewrapTokens {
  constructor(
    private readonly connections: Connections,
    private readonly vault: Vault,
  ) {}

  /** How many tokens were under a former key. @throws VaultKeyUnknown */
  async execute(): Promise<number> {
    let rewrapped = 0;
    for (let last: OrgId | null = null; ;) {
      const batch = await this.connections.after(last, BATCH);
      for (const { connection, sealedToken } of batch) {
        const sealed = this.vault.rewrap(sealedToken);
        if (sealed !== sealedToken) {
          await this.connections.reseal(connection.org, sealedToken, sealed);
          rewrapped++;
        }
        last = connection.org;
      }
      if (batch.length < BATCH) return rewrapped;
    }
  }
}
