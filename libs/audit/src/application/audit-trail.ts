import { Injectable, Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Clock, DatabaseUnavailable, DomainError, Transactions } from '@app/kernel';
import { plain, type AuditEntry } from '../domain/audit-entry';
import type { Act, Attempt } from './act';
import { AuditLog } from './audit-log.port';

/**
 * Records every attempt at an administrative act: a success in the transaction of its change, a failure in its own.
 */
@Injectable()
export class AuditTrail {
  private readonly logger = new Logger('audit');

  constructor(
    private readonly log: AuditLog,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs `work`, which records the act together with its change. Records the failure if `work` does not get that far.
   * @throws the error of `work`
   */
  async attempt<T>(attempt: Attempt, work: (act: Act) => Promise<T>): Promise<T> {
    let recorded = false;
    const act: Act = {
      by: attempt.by,
      record: async (target) => {
        await this.write({ ...attempt, target: target ?? attempt.target }, 'ok');
        this.transactions.afterCommit(() => (recorded = true));
      },
      begin: (target) => this.write({ ...attempt, target: target ?? attempt.target }, 'begun'),
    };
    try {
      const answer = await work(act);
      if (!recorded) throw new Error(`${attempt.action} was answered without being recorded`);
      return answer;
    } catch (error) {
      if (!recorded) await this.failed(attempt, error);
      throw error;
    }
  }

  /**
   * Writes an entry in the caller's transaction. For acts of the service itself, and for acts that have already
   * ended.
   */
  async write(attempt: Attempt, result: string): Promise<void> {
    await this.log.add(this.entryOf(attempt, result));
  }

  /**
   * Records an attempt that changed nothing. Never fails: an entry that cannot be written goes to the process log
   * instead.
   */
  async failed(attempt: Attempt, error: unknown): Promise<void> {
    const entry = this.entryOf(attempt, codeOf(error));
    if (error instanceof DatabaseUnavailable)
      return this.logger.warn(entry, 'audit entry not written: database unavailable');
    try {
      await this.log.add(entry);
    } catch (unwritten) {
      this.logger.error({ err: unwritten, ...entry }, 'audit entry not written');
    }
  }

  private entryOf({ org, action, by, target }: Attempt, result: string): AuditEntry {
    const { subject, name, role, address } = by;
    return {
      ...{ id: randomUUID(), org, at: this.clock.now(), action, result, from: address },
      actor: { subject: plain(subject), name: plain(name), role },
      target: target === null ? null : plain(target),
    };
  }
}

function codeOf(error: unknown): string {
  return error instanceof DomainError || error instanceof DatabaseUnavailable ? error.code : 'internal';
}
