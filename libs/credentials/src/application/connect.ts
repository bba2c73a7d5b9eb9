import { Injectable } from '@nestjs/common';
import type { Act } from '@app/audit';
import { GitLabConnector, InstanceNotGitLab, type GitLab, type TokenInfo } from '@app/gitlab';
import { Clock, EventBus, Transactions, type OrgId, type Secret } from '@app/kernel';
import { nextConnection, NEW_TOKEN_LIFECYCLE, type Connection } from '../domain/connection';
import type { ConnectionChanged } from '../domain/credentials.events';
import { Connections, type StoredConnection } from './connections.port';
import { EndConnection } from './end-connection';
import { factsOf } from './token-facts';
import { TOKEN_PURPOSE } from './token-purpose';
import { Vault } from './vault';

export interface ConnectRequest {
  readonly org: OrgId;
  readonly token: Secret;
  /** Blank means gitlab.com. */
  readonly instanceUrl?: string;
  /**
   * True if the service rotates the token before it expires; if absent, keeps the former choice on the same instance.
   */
  readonly selfRotation?: boolean;
}

/** Stores a token that GitLab accepts, in place of the former one. A token that GitLab refuses changes nothing. */
@Injectable()
export class Connect {
  constructor(
    private readonly connections: Connections,
    private readonly endConnection: EndConnection,
    private readonly vault: Vault,
    private readonly connector: GitLabConnector,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  async execute({ org, token, ...request }: ConnectRequest, act: Act): Promise<Connection> {
    const { url: instanceUrl, hint } = this.connector.placeOf(request.instanceUrl ?? '');
    const gitlab = this.connector.open({ instanceUrl, token, org }, { priority: 'interactive' });
    const facts = factsOf(await whoAmI(gitlab, hint));
    const sealedToken = this.vault.seal(org, TOKEN_PURPOSE, token);
    return this.transactions.run(async () => {
      const former = await this.connections.hold(org);
      const connectedAt = this.clock.now();
      const selfRotation = request.selfRotation ?? keptFrom(former, instanceUrl);
      const next = {
        ...facts,
        ...NEW_TOKEN_LIFECYCLE,
        selfRotation,
        org,
        instanceUrl,
        connectedAt,
        connectedBy: act.by.name,
      };
      const connection = nextConnection(former?.connection ?? null, next);
      await this.connections.save({ connection, sealedToken });
      await act.record(instanceUrl);
      if (former && former.connection.id !== connection.id) await this.endConnection.execute(former);
      await this.events.publishAfter(this.transactions, changed(connection));
      return connection;
    });
  }
}

async function whoAmI(gitlab: GitLab, hint: string | null): Promise<TokenInfo> {
  try {
    return await gitlab.whoAmI();
  } catch (error) {
    throw error instanceof InstanceNotGitLab && hint ? error.withHint(hint) : error;
  }
}

function keptFrom(former: StoredConnection | null, instanceUrl: string): boolean {
  return former?.connection.instanceUrl === instanceUrl && former.connection.selfRotation;
}

function changed({ org, id, generation }: Connection): ConnectionChanged {
  return { name: 'connection.changed.v1', org, connectionId: id, generation };
}
