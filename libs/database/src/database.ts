import { Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { OrgId } from '@app/kernel';
import type { Sql, TenantSql } from './pg/sql';
import type { Tenant } from './pg/tenant-connections';
import { TenantDatabase } from './tenant-database';

/** Gives every adapter its access to PostgreSQL: through the open transaction or the pool, always as one tenant. */
@Injectable()
export class Database {
  constructor(
    private readonly sql: Sql,
    private readonly source: DataSource,
  ) {}

  /** Returns access to only the rows of this org, whatever a query selects. */
  forOrg(org: OrgId): TenantDatabase {
    return this.as(org);
  }

  /**
   * Returns access for the few queries that cross orgs: sweeps, key rotation, look-ups by an id that names its org.
   */
  get acrossOrgs(): TenantDatabase {
    return this.as('every org');
  }

  /** Returns access that reads and deletes expired audit entries; no other one may delete them. */
  get retention(): TenantDatabase {
    return this.as('old rows');
  }

  /** Runs `work` in the open transaction, or else in one of its own. */
  transaction<T>(work: () => Promise<T>): Promise<T> {
    return this.sql.transaction(work);
  }

  /** Runs the effect after the commit of the open transaction; immediately if none is open. */
  afterCommit(effect: () => void): void {
    this.sql.afterCommit(effect);
  }

  /** Lets the open transaction go on and only its commit wait for the query; waits here if none is open. */
  beforeCommit(query: Promise<unknown>): Promise<void> {
    return this.sql.beforeCommit(query);
  }

  /** Keeps one connection for all queries of `work`, outside transactions: for locks that a session holds. */
  session<T>(work: (session: TenantSql) => Promise<T>): Promise<T> {
    return this.sql.session(work);
  }

  private as(tenant: Tenant): TenantDatabase {
    return new TenantDatabase(this.sql.as(tenant), this.source);
  }
}
