import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

interface OpenTransaction {
  readonly manager: EntityManager;
  readonly effects: (() => void)[];
}

/** The way every adapter reaches PostgreSQL: through the transaction that is open here, or the pool. */
@Injectable()
export class Database {
  private readonly open = new AsyncLocalStorage<OpenTransaction>();

  constructor(private readonly source: DataSource) {}

  get manager(): EntityManager {
    return this.open.getStore()?.manager ?? this.source.manager;
  }

  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.open.getStore()) return work();
    const effects: (() => void)[] = [];
    const result = await this.source.transaction((manager) => this.open.run({ manager, effects }, work));
    for (const effect of effects) effect();
    return result;
  }

  afterCommit(effect: () => void): void {
    const transaction = this.open.getStore();
    if (transaction) transaction.effects.push(effect);
    else effect();
  }
}
