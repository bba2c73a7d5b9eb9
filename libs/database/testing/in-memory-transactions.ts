import { Transactions } from '@app/kernel';
import type { InMemoryTables } from './in-memory-tables';

/** Transactions over the tables that in-memory repositories share. */
export class InMemoryTransactions extends Transactions {
  constructor(private readonly tables: InMemoryTables) {
    super();
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    return this.tables.run(work);
  }

  afterCommit(effect: () => void): void {
    this.tables.afterCommit(effect);
  }
}
