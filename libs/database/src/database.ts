import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { DatabaseUnavailable, type OrgId } from '@app/kernel';
import { acquireConnection, Transaction } from './connection';
import { OutageMonitor } from './outage-monitor';
import { TenantConnections, type Tenant } from './tenant-connections';

interface OpenTransaction {
  readonly transaction: Transaction;
  readonly managers: Map<Tenant, EntityManager>;
  readonly effects: (() => void)[];
  closed: boolean;
}

/** Gives every adapter its access to PostgreSQL: through the open transaction or the pool, always as one tenant. */
@Injectable()
export class Database {
  private readonly open = new AsyncLocalStorage<OpenTransaction>();
  private readonly outage: OutageMonitor;
  private readonly lock: TenantConnections;

  constructor(private readonly source: DataSource) {
    this.outage = new OutageMonitor(source);
    this.lock = new TenantConnections(source, this.outage);
  }

  /** Returns a manager that sees and writes only the rows of this org, whatever a query selects. */
  forOrg(org: OrgId): EntityManager {
    return this.as(org);
  }

  /**
   * Returns a manager for the few queries that cross orgs: sweeps, key rotation, look-ups by an id that names its
   * org.
   */
  get acrossOrgs(): EntityManager {
    return this.as('every org');
  }

  /** Returns a manager that reads and deletes expired audit entries; no other one may delete them. */
  get retention(): EntityManager {
    return this.as('old rows');
  }

  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.inside) return work();
    const effects: (() => void)[] = [];
    const result = await this.inTransaction(effects, work);
    for (const effect of effects) effect();
    return result;
  }

  afterCommit(effect: () => void): void {
    const { inside } = this;
    if (inside) inside.effects.push(effect);
    else effect();
  }

  /** Work that a transaction left running must not use it after it has ended. */
  private get inside(): OpenTransaction | undefined {
    const inside = this.open.getStore();
    return inside?.closed ? undefined : inside;
  }

  private async inTransaction<T>(effects: (() => void)[], work: () => Promise<T>): Promise<T> {
    const { connection, release } = await acquireConnection(this.source, this.outage);
    const transaction = new Transaction(connection);
    const inside: OpenTransaction = { transaction, managers: new Map(), effects, closed: false };
    let unavailable = false;
    try {
      const result = await this.open.run(inside, work);
      await transaction.commit().catch(this.outage.rethrow);
      return result;
    } catch (error) {
      this.lock.forget(connection);
      const outcome = await transaction.rollback();
      unavailable = outcome === 'lost' || error instanceof DatabaseUnavailable;
      throw error;
    } finally {
      inside.closed = true;
      release(unavailable);
    }
  }

  private as(tenant: Tenant): EntityManager {
    const { inside } = this;
    if (!inside) return this.lock.manager(tenant);
    const { transaction, managers } = inside;
    const manager = managers.get(tenant) ?? this.lock.managerOn(transaction, tenant);
    managers.set(tenant, manager);
    return manager;
  }
}
