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

/** The way every adapter reaches PostgreSQL: through the transaction that is open here, or the pool; always as somebody. */
@Injectable()
export class Database {
  private readonly open = new AsyncLocalStorage<OpenTransaction>();
  private readonly outage: OutageMonitor;
  private readonly lock: TenantConnections;

  constructor(private readonly source: DataSource) {
    this.outage = new OutageMonitor(source);
    this.lock = new TenantConnections(source, this.outage);
  }

  /** Sees and writes the rows of this org alone, whatever a query asks for. */
  forOrg(org: OrgId): EntityManager {
    return this.as(org);
  }

  /** For the few queries that cross orgs: sweeps, the rotation of keys, look-ups by an id that names its org. */
  get acrossOrgs(): EntityManager {
    return this.as('every org');
  }

  /** Reads and deletes audit entries whose time is over; nobody else may delete one. */
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

  /** A transaction that has ended is no longer there for what it left running. */
  private get inside(): OpenTransaction | undefined {
    const inside = this.open.getStore();
    return inside?.closed ? undefined : inside;
  }

  private async inTransaction<T>(effects: (() => void)[], work: () => Promise<T>): Promise<T> {
    const { connection, release } = await acquireConnection(this.source, this.outage);
    const transaction = new Transaction(connection);
    const inside: OpenTransaction = { transaction, managers: new Map(), effects, closed: false };
    let away = false;
    try {
      const result = await this.open.run(inside, work);
      await transaction.commit().catch(this.outage.rethrow);
      return result;
    } catch (error) {
      this.lock.forget(connection);
      const outcome = await transaction.rollback();
      away = outcome === 'lost' || error instanceof DatabaseUnavailable;
      throw error;
    } finally {
      inside.closed = true;
      release(away);
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
