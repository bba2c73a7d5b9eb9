import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { orgId, type OrgId } from '@app/kernel';
import { begin, borrow, type Connection } from './connection';
import { TenantLock, type Tenant } from './tenant-lock';

interface OpenTransaction {
  readonly connection: Connection;
  readonly managers: Map<Tenant, EntityManager>;
  readonly effects: (() => void)[];
}

const ANY = orgId('any');
const UNLOCKED =
  'Row-level security is not in force: the database user may not take the role dot_gitlab_sync. See Tenants in docs/security.md.';

/** The way every adapter reaches PostgreSQL: through the transaction that is open here, or the pool; always as somebody. */
@Injectable()
export class Database implements OnApplicationBootstrap {
  private readonly open = new AsyncLocalStorage<OpenTransaction>();
  private readonly lock: TenantLock;

  constructor(private readonly source: DataSource) {
    this.lock = new TenantLock(source);
  }

  async onApplicationBootstrap(): Promise<void> {
    const [{ on }] = await this.of(ANY).query<[{ on: boolean }]>(
      `SELECT row_security_active('context_heads') AS on`,
    );
    if (!on) new Logger('database').warn(UNLOCKED);
  }

  /** Sees and writes the rows of this org alone, whatever a query asks for. */
  of(org: OrgId): EntityManager {
    return this.as(org);
  }

  /** For the few queries that cross orgs: sweeps, the rotation of keys, look-ups by an id that names its org. */
  get everyOrg(): EntityManager {
    return this.as('every org');
  }

  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.open.getStore()) return work();
    const effects: (() => void)[] = [];
    const result = await this.inTransaction(effects, work);
    for (const effect of effects) effect();
    return result;
  }

  afterCommit(effect: () => void): void {
    const transaction = this.open.getStore();
    if (transaction) transaction.effects.push(effect);
    else effect();
  }

  private async inTransaction<T>(effects: (() => void)[], work: () => Promise<T>): Promise<T> {
    const { connection, giveBack } = await borrow(this.source);
    const transaction = begin(connection);
    try {
      const result = await this.open.run({ connection, managers: new Map(), effects }, work);
      await transaction.commit();
      return result;
    } catch (error) {
      this.lock.forget(connection);
      await transaction.rollback();
      throw error;
    } finally {
      giveBack();
    }
  }

  private as(tenant: Tenant): EntityManager {
    const transaction = this.open.getStore();
    if (!transaction) return this.lock.manager(tenant);
    const { connection, managers } = transaction;
    const manager = managers.get(tenant) ?? this.lock.managerOn(connection, tenant);
    managers.set(tenant, manager);
    return manager;
  }
}
