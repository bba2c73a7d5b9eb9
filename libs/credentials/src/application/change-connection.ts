import { Injectable } from '@nestjs/common';
import type { Act } from '@app/audit';
import { GitLabConnector } from '@app/gitlab';
import { Clock, EventBus, Transactions, type OrgId, type Secret } from '@app/kernel';
import type { Connection } from '../domain/connection';
import { NotConnected, TokenOfAnotherUser } from '../domain/credentials.errors';
import type { ConnectionChanged } from '../domain/credentials.events';
import { Connections, type Amendment } from './connections.port';
import { factsOf } from './token-facts';
import { TOKEN_PURPOSE } from './token-purpose';
import { Vault } from './vault';

export interface ConnectionChange {
  readonly org: OrgId;
  /** Takes the place of the stored one: a token of the same user, for the same instance. */
  readonly token?: Secret;
  /** True asks GitLab for a successor of the token before it expires. */
  readonly selfRotation?: boolean;
}

/** Changes a connection that stays the same one: its id and its generation stay, and with them the webhook secret. */
@Injectable()
export class ChangeConnection {
  constructor(
    private readonly connections: Connections,
    private readonly vault: Vault,
    private readonly connector: GitLabConnector,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** @throws NotConnected, TokenOfAnotherUser */
  async execute({ org, token, selfRotation }: ConnectionChange, act: Act): Promise<Connection> {
    const known = (await this.connections.find(org))?.connection;
    if (!known) throw new NotConnected();
    const renewed = token && (await this.lookAt(known, token));
    return this.transactions.run(async () => {
      const held = (await this.connections.hold(org))?.connection;
      if (!held) throw new NotConnected();
      // Meanwhile another instance or user may have been connected.
      if (renewed) assertSame(held, known.instanceUrl, renewed.username);
      const connection = await this.connections.amend(held, {
        ...(selfRotation !== undefined && asked(held, selfRotation)),
        ...renewed,
      });
      if (!connection) throw new NotConnected();
      await act.record(connection.instanceUrl);
      if (renewed) await this.announce(connection);
      return connection;
    });
  }

  private async lookAt({ org, instanceUrl, username }: Connection, token: Secret) {
    const gitlab = this.connector.open({ instanceUrl, token, org }, { priority: 'interactive' });
    const facts = factsOf(await gitlab.whoAmI());
    if (facts.username !== username) throw new TokenOfAnotherUser(facts.username, username);
    const sealedToken = this.vault.seal(org, TOKEN_PURPOSE, token);
    return { ...facts, sealedToken, rotatedAt: this.clock.now(), rotation: null, warned: null };
  }

  private announce({ org, id, generation }: Connection): Promise<void> {
    const event: ConnectionChanged = { name: 'connection.changed.v1', org, connectionId: id, generation };
    return this.events.publishAfter(this.transactions, event);
  }
}

function assertSame(held: Connection, instanceUrl: string, username: string): void {
  if (held.instanceUrl !== instanceUrl || held.username !== username)
    throw new TokenOfAnotherUser(username, held.username);
}

/** A refusal is forgotten, so that GitLab is asked again; a successor that was lost stays lost. */
function asked({ rotation }: Connection, selfRotation: boolean): Amendment {
  return { selfRotation, rotation: rotation?.state === 'refused' ? null : rotation };
}
