import { Injectable } from '@nestjs/common';
import { EventBus, Transactions, type OrgId } from '@app/kernel';
import { NotConnected } from '../domain/credentials.errors';
import type { ConnectionRemoved } from '../domain/credentials.events';
import { Connections } from './connections.port';

/** Destroys what a module above keeps secret for the sake of the connection, in the transaction that ends it. */
export type DestroySecrets = (org: OrgId) => Promise<void>;

/** Destroys the token, and with it the secrets of others, without asking GitLab, so that a dead token is no hindrance. */
@Injectable()
export class Disconnect {
  private readonly others: DestroySecrets[] = [];

  constructor(
    private readonly connections: Connections,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
  ) {}

  also(destroy: DestroySecrets): void {
    this.others.push(destroy);
  }

  /** @throws NotConnected */
  async execute(org: OrgId): Promise<void> {
    await this.transactions.run(async () => {
      const removed = await this.connections.remove(org);
      if (!removed) throw new NotConnected();
      for (const destroy of this.others) await destroy(org);
      const event: ConnectionRemoved = { name: 'connection.removed.v1', org, connectionId: removed.id };
      this.transactions.afterCommit(() => this.events.publish(event));
    });
  }
}
