import { Injectable } from '@nestjs/common';
import {
  GitLabConnector,
  GitLabUnavailable,
  TokenRejected,
  type CallOptions,
  type GitLab,
} from '@app/gitlab';
import type { OrgId } from '@app/kernel';
import type { Connection } from '../domain/connection';
import { NotConnected } from '../domain/credentials.errors';
import { Connections } from './connections.port';
import { mapErrors } from './map-errors';
import { TOKEN_PURPOSE } from './token-purpose';
import { Vault } from './vault';

const RENEWED_SOON_MS = 5_000;

/** A connection and its GitLab client, read together, so that both belong to the same token. */
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
    const gitlab = this.connector.open({ instanceUrl: connection.instanceUrl, token, org }, options);
    if (!connection.selfRotation) return { connection, gitlab };
    const translate = (error: unknown) => this.retryableDuringRotation(error, connection);
    return { connection, gitlab: mapErrors(translate, gitlab) };
  }

  /** Turns a rejected token into a retryable error while the token is being rotated: the caller holds the old one. */
  private async retryableDuringRotation(
    error: unknown,
    { org, generation, rotatedAt }: Connection,
  ): Promise<unknown> {
    if (!(error instanceof TokenRejected)) return error;
    const now = (await this.connections.find(org))?.connection;
    if (now?.generation !== generation) return error;
    const renewed = now.rotation?.state === 'begun' || now.rotatedAt?.getTime() !== rotatedAt?.getTime();
    return renewed
      ? new GitLabUnavailable('its token is being renewed', { retryAfterMs: RENEWED_SOON_MS })
      : error;
  }
}
