import { Injectable } from '@nestjs/common';
import { EventBus, Transactions, type OrgId } from '@app/kernel';
import { NotConnected } from '../domain/credentials.errors';
import type { ConnectionRemoved } from '../domain/credentials.events';
import { Connections } from './connections.port';

/** Destroys the token without asking GitLab, so that a dead token is no hindrance. */
@Injectable()
export class Disconnect {
  constructor(
    private readonly connections: Connections,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
  ) {}

  /** @throws NotConnected */
  async execute(org: OrgId): Promise<void> {
    await this.transactions.run(async () => {
      const removed = await this.connections.remove(org);
      if (!removed) throw new NotConnected();
      const event: ConnectionRemoved = { name: 'connection.removed.v1', org, connectionId: removed.id };
      this.transactions.afterCommit(() => this.events.publish(event));
    });
  }
}
