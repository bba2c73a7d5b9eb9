import { Injectable, Logger } from '@nestjs/common';
import { Clock, DatabaseUnavailable, EventBus, readAll, Transactions, type OrgId } from '@app/kernel';
import type { Connection } from '../domain/connection';
import type { ConnectionExpiring } from '../domain/credentials.events';
import { DAY, FIRST_WARNING_MS, warningDue } from '../domain/expiry';
import { dueForRotation } from '../domain/rotation';
import { Connections } from './connections.port';
import { RotateToken } from './rotate-token';
import { TokenLifecycleSettings } from './token-lifecycle.settings';

/** Goes through the tokens that are about to expire: rotates those with self-rotation and warns about the others. */
@Injectable()
export class RenewExpiringTokens {
  private readonly logger = new Logger('credentials');

  constructor(
    private readonly connections: Connections,
    private readonly rotateToken: RotateToken,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
    private readonly clock: Clock,
    private readonly settings: TokenLifecycleSettings,
  ) {}

  async execute(signal?: AbortSignal): Promise<void> {
    const now = this.clock.now().getTime();
    const ahead = Math.max(FIRST_WARNING_MS, this.settings.rotateBeforeDays * DAY);
    const [from, until] = [new Date(now - DAY), new Date(now + ahead)];
    const expiring = readAll<Connection>((last, limit) =>
      this.connections.expiring(from, until, last?.org ?? null, limit),
    );
    for await (const connection of expiring) {
      if (signal?.aborted) return;
      await this.renewOrWarn(connection);
    }
  }

  /**
   * Logs the failure of one org, so that the other orgs are not affected; the next round retries. @throws
   * DatabaseUnavailable
   */
  private async renewOrWarn(connection: Connection): Promise<void> {
    const { org } = connection;
    const now = this.clock.now();
    try {
      const due = dueForRotation(connection, now, this.settings.rotateBeforeDays * DAY);
      if (due) await this.rotateToken.execute(org);
      if (due || warningDue(connection, now)) await this.warn(org);
    } catch (error) {
      if (error instanceof DatabaseUnavailable) throw error;
      this.logger.error({ err: error, org }, 'token renewal failed; retrying at the next interval');
    }
  }

  /** Warns once in all: only the process that locks the org first publishes the event. */
  private warn(org: OrgId): Promise<void> {
    return this.transactions.run(async () => {
      const connection = (await this.connections.hold(org))?.connection;
      const warned = connection && warningDue(connection, this.clock.now());
      if (!warned) return;
      await this.connections.amend(connection, { warned });
      const event: ConnectionExpiring = {
        name: 'connection.expiring.v1',
        ...{ org, connectionId: connection.id, ...warned },
      };
      await this.events.publishAfter(this.transactions, event);
    });
  }
}
