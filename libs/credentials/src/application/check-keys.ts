import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Connections } from './connections.port';
import { Vault } from './vault';

/**
 * Reports missing or wrong keys at start, before an org notices. Orgs of other keys keep working. Nothing is
 * destroyed: when the operator restores the key, everything opens again.
 */
@Injectable()
export class CheckKeys implements OnApplicationBootstrap {
  private readonly logger = new Logger('credentials');

  constructor(
    private readonly connections: Connections,
    private readonly vault: Vault,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const [key, tokens] of await this.unusableKeys()) {
      this.logger.error(
        { key, tokens },
        `The encryption key "${key}" is missing or wrong: ${tokens} stored tokens cannot be opened. Put it back into SECRETS_KEYS.`,
      );
    }
  }

  /** Counts the tokens of each key that is missing or wrong. */
  async unusableKeys(): Promise<ReadonlyMap<string, number>> {
    const unusable = new Map<string, number>();
    for await (const { sealedToken } of this.connections.all()) {
      const { keyId, opens } = this.vault.lockOf(sealedToken);
      if (!opens) unusable.set(keyId, (unusable.get(keyId) ?? 0) + 1);
    }
    return unusable;
  }
}
