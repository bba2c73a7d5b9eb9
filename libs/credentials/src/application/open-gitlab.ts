import { Injectable } from '@nestjs/common';
import { GitLabConnector, type CallOptions, type GitLab } from '@app/gitlab';
import type { OrgId } from '@app/kernel';
import type { Connection } from '../domain/connection';
import { NotConnected } from '../domain/credentials.errors';
import { Connections } from './connections.port';
import { TOKEN_PURPOSE } from './token-purpose';
import { Vault } from './vault';

/** A connection and the GitLab it leads to, read together: neither can belong to another token than the other. */
export interface OpenConnection {
  readonly connection: Connection;
  readonly gitlab: GitLab;
}

@Injectable()
export class OpenGitLab {
  constructor(
    private readonly connections: Connections,
    private readonly vault: Vault,
    private readonly connector: GitLabConnector,
  ) {}

  /** @throws NotConnected */
  async execute(org: OrgId, options?: CallOptions): Promise<OpenConnection> {
    const stored = await this.connections.find(org);
    if (!stored) throw new NotConnected();
    const { connection, sealedToken } = stored;
    const token = this.vault.open(org, TOKEN_PURPOSE, sealedToken);
    const gitlab = this.connector.open({ instanceUrl: connection.instanceUrl, token }, options);
    return { connection, gitlab };
  }
}
