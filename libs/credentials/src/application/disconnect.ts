import { Injectable } from '@nestjs/common';
import type { Act } from '@app/audit';
import { EventBus, Transactions, type OrgId } from '@app/kernel';
import { NotConnected } from '../domain/credentials.errors';
import type { ConnectionRemoved } from '../domain/credentials.events';
import { Connections } from './connections.port';
import { EndConnection } from './end-connection';

/**
 * Destroys the token and the secrets of other modules without waiting for GitLab, so that it works with a dead token.
 */
@Injectable()
export class Disconnect {
  constructor(
    private readonly connections: Connections,
    private readonly endConnection: EndConnection,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
  ) {}

  /** @throws NotConnected */
  async execute(org: OrgId, act: Act): Promise<void> {
    await this.transactions.run(async () => {
      const removed = await this.connections.remove(org);
      if (!removed) throw new NotConnected();
      await this.endConnection.execute(removed);
      await act.record();
      const connectionId = removed.connection.id;
      const event: ConnectionRemoved = { name: 'connection.removed.v1', org, connectionId };
      await this.events.publishAfter(this.transactions, event);
    });
  }
}
