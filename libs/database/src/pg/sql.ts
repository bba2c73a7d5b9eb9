import { AsyncLocalStorage } from 'node:async_hooks';
import { allSettledOrThrow, DatabaseUnavailable } from '@app/kernel';
import type { Answer } from './connection';
import { ConnectionPool, type PgSettings } from './connection-pool';
import { TenantConnections, type Tenant } from './tenant-connections';
import { Transaction } from './transaction';

interface OpenTransaction {
  readonly transaction: Transaction;
  readonly effects: (() => void)[];
  /** Queries that only the commit waits for. */
  readonly awaited: Promise<unknown>[];
}

/** Sends SQL to PostgreSQL: through the open transaction or the pool, always as one tenant. */
export class Sql {
  private readonly open = new AsyncLocalStorage<OpenTransaction>();
  private readonly pool: ConnectionPool;
  private readonly tenants: TenantConnections;

  constructor(settings: PgSettings) {
    this.pool = new ConnectionPool(settings);
    this.tenants = new TenantConnections(this.pool.outage, settings.schema);
  }

  /** Returns access for one tenant: within the transaction that is open now, and refused once it has ended. */
  as(tenant: Tenant): TenantSql {
    const transaction = this.inside?.transaction;
    if (!transaction)
      return new TenantSql((text, values) =>
        this.pool.lend(tenant, (connection) => this.tenants.send(connection, tenant, text, values)),
      );
    const { connection } = transaction;
    return new TenantSql((text, values) =>
      this.tenants.send(connection, tenant, text, values, () => transaction.requireOpen()),
    );
  }

  /** Runs `work` in the open transaction, or else in one of its own. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.inside) return work();
    const effects: (() => void)[] = [];
    const result = await this.inTransaction({ effects, awaited: [] }, work);
    for (const effect of effects) effect();
    return result;
  }

  afterCommit(effect: () => void): void {
    const { inside } = this;
    if (inside) inside.effects.push(effect);
    else effect();
  }

  /** Lets the open transaction go on and only its commit wait for the query; waits here if none is open. */
  async beforeCommit(query: Promise<unknown>): Promise<void> {
    const { inside } = this;
    if (!inside) return void (await query);
    inside.awaited.push(query);
    query.catch(() => undefined); // the commit reports it
  }

  /** Keeps one connection for all queries of `work`, outside transactions: for locks that a session holds. */
  async session<T>(work: (session: TenantSql) => Promise<T>): Promise<T> {
    const { connection, release } = await this.pool.acquire();
    let unavailable = false;
    const session = new TenantSql((text, values) => this.tenants.send(connection, 'no rows', text, values));
    try {
      return await work(session);
    } catch (error) {
      unavailable = true; // a closed connection frees its locks
      throw error;
    } finally {
      release(unavailable);
    }
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  /** Work that a transaction left running must not use it after it has ended. */
  private get inside(): OpenTransaction | undefined {
    const inside = this.open.getStore();
    return inside?.transaction.ended ? undefined : inside;
  }

  private async inTransaction<T>(
    kept: Pick<OpenTransaction, 'effects' | 'awaited'>,
    work: () => Promise<T>,
  ): Promise<T> {
    const { connection, release } = await this.pool.acquire();
    const transaction = new Transaction(connection);
    let unavailable = false;
    try {
      const result = await this.open.run({ transaction, ...kept }, work);
      await allSettledOrThrow(...kept.awaited);
      await transaction.commit().catch(this.pool.outage.rethrow);
      return result;
    } catch (error) {
      this.tenants.forget(connection);
      const outcome = await transaction.rollback();
      unavailable = outcome === 'lost' || error instanceof DatabaseUnavailable;
      throw error;
    } finally {
      release(unavailable);
    }
  }
}

/** Sends SQL as one tenant. */
export class TenantSql {
  constructor(readonly send: (text: string, values?: readonly unknown[]) => Promise<Answer>) {}

  /**
   * Returns rows, with their number if rows were updated or deleted.
   * @throws DatabaseUnavailable
   */
  async query<T>(text: string, values?: readonly unknown[]): Promise<T> {
    const { command, rows, rowCount } = await this.send(text, values);
    return (command === 'UPDATE' || command === 'DELETE' ? [rows, rowCount] : rows) as T;
  }
}
