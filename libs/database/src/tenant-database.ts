import {
  QueryFailedError,
  type DataSource,
  type EntityManager,
  type EntityMetadata,
  type EntityTarget,
} from 'typeorm';
import type { TenantSql } from './pg/sql';
import { asCaller } from './typeorm/sql-driver';

/** PostgreSQL as one tenant. Both ways share the open transaction and its connection. */
export class TenantDatabase {
  constructor(
    private readonly sql: TenantSql,
    private readonly source: DataSource,
  ) {}

  /**
   * Returns rows, with their number if rows were updated or deleted.
   * @throws DatabaseUnavailable
   */
  query<T>(text: string, values?: readonly unknown[]): Promise<T> {
    return this.sql.query(text, values);
  }

  /**
   * Runs `work` with TypeORM's manager, whose queries are those of this tenant until `work` ends.
   * @throws DatabaseUnavailable
   */
  async orm<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    try {
      return await asCaller(this.sql, () => work(this.source.manager));
    } catch (error) {
      throw error instanceof QueryFailedError ? error.driverError : error;
    }
  }

  /** Returns what TypeORM knows about a table. */
  tableOf(entity: EntityTarget<object>): EntityMetadata {
    return this.source.getMetadata(entity);
  }
}
