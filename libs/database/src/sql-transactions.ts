import { Injectable } from '@nestjs/common';
import { Transactions } from '@app/kernel';
import { Database } from './database';

@Injectable()
export class SqlTransactions extends Transactions {
  constructor(private readonly db: Database) {
    super();
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    return this.db.transaction(work);
  }

  afterCommit(effect: () => void): void {
    this.db.afterCommit(effect);
  }
}
