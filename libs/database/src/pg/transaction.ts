import { allSettledOrThrow } from '@app/kernel';
import { send, sendTogether, type Answer, type Connection } from './connection';

/** Begins a transaction in the same write as its first query. */
export class Transaction {
  private readonly begun: Promise<Answer>;
  private over = false;

  constructor(readonly connection: Connection) {
    sendTogether(connection);
    this.begun = send(connection, 'START TRANSACTION');
    this.begun.catch(() => undefined); // commit reports the error
  }

  get ended(): boolean {
    return this.over;
  }

  /** @throws Error if the end of the transaction was already sent */
  requireOpen(): void {
    if (this.over) throw new Error('query sent to a transaction that has ended');
  }

  /**
   * Sends COMMIT in one write with the queries of the same tick. @throws Error if PostgreSQL has rolled back instead
   */
  async commit(): Promise<void> {
    this.over = true;
    sendTogether(this.connection);
    const [, { command }] = await allSettledOrThrow(this.begun, send(this.connection, 'COMMIT'));
    if (command !== 'COMMIT') throw new Error('the transaction was rolled back: one of its queries failed');
  }

  /** Never fails: a lost connection has rolled back by itself. */
  async rollback(): Promise<'rolled back' | 'lost'> {
    this.over = true;
    return send(this.connection, 'ROLLBACK').then(
      () => 'rolled back',
      () => 'lost',
    );
  }
}
