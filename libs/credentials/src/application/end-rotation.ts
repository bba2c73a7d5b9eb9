import { Injectable, Logger } from '@nestjs/common';
import { AuditTrail } from '@app/audit';
import { EventBus, Transactions, type Actor } from '@app/kernel';
import type { Connection } from '../domain/connection';
import type { RotationEnded } from '../domain/credentials.events';

const OURSELVES: Actor = {
  subject: 'dot-gitlab-sync',
  name: 'Dot GitLab Sync',
  role: 'service',
  address: '-',
};

/** Records the result of a token rotation in the caller's transaction, and publishes it after commit. */
@Injectable()
export class EndRotation {
  private readonly logger = new Logger('credentials');

  constructor(
    private readonly trail: AuditTrail,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
  ) {}

  async execute({ org, id, instanceUrl }: Connection, result: string): Promise<void> {
    const attempt = { org, action: 'connection.renew', by: OURSELVES, target: instanceUrl };
    await this.trail.write(attempt, result);
    const ended: RotationEnded = {
      name: 'rotation.ended.v1',
      ...{ org, connectionId: id, instanceUrl, result },
    };
    await this.events.publishAfter(this.transactions, ended);
    this.transactions.afterCommit(() => {
      if (result === 'ok') this.logger.log({ org }, 'token renewed');
      else this.logger.warn({ org, result }, 'token not renewed');
    });
  }
}
