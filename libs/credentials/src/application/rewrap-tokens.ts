import { Injectable } from '@nestjs/common';
import { DomainError, type OrgId } from '@app/kernel';
import { Connections, type StoredConnection } from './connections.port';
import { Vault } from './vault';

/** Counts of secrets that have the first key now, and of those that could not be read. */
export interface Rewrapped {
  /** Secrets that the current key wraps now. */
  readonly count: number;
  /** The orgs whose secret no present key opens. It is left unchanged. */
  readonly failed: readonly OrgId[];
}

/**
 * Wraps every stored token with the current key, so that former keys can be retired. Safe to repeat, and while in
 * use.
 */
@Injectable()
export class RewrapTokens {
  constructor(
    private readonly connections: Connections,
    private readonly vault: Vault,
  ) {}

  async execute(): Promise<Rewrapped> {
    const failed: OrgId[] = [];
    let seen = 0;
    for await (const stored of this.connections.all()) {
      if (!(await this.rewrap(stored))) failed.push(stored.connection.org);
      seen++;
    }
    return { count: seen - failed.length, failed };
  }

  private async rewrap({ connection: { org }, sealedToken }: StoredConnection): Promise<boolean> {
    try {
      const sealed = this.vault.rewrap(sealedToken);
      if (sealed !== sealedToken) await this.connections.reseal(org, sealedToken, sealed);
      return true;
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  }
}
