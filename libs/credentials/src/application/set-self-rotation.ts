import { Injectable } from '@nestjs/common';
import type { Act } from '@app/audit';
import { Transactions, type OrgId } from '@app/kernel';
import type { Connection } from '../domain/connection';
import { NotConnected } from '../domain/credentials.errors';
import { Connections } from './connections.port';

/** Switches self-rotation on or off. A lost successor stays lost. */
@Injectable()
export class SetSelfRotation {
  constructor(
    private readonly connections: Connections,
    private readonly transactions: Transactions,
  ) {}

  /** @throws NotConnected */
  async execute(org: OrgId, selfRotation: boolean, act: Act): Promise<Connection> {
    return this.transactions.run(async () => {
      const held = (await this.connections.hold(org))?.connection;
      if (!held) throw new NotConnected();
      const rotation = held.rotation?.state === 'refused' ? null : held.rotation;
      const connection = await this.connections.amend(held, { selfRotation, rotation });
      if (!connection) throw new NotConnected();
      await act.record(connection.instanceUrl);
      return connection;
    });
  }
}
