import { AsyncLocalStorage } from 'node:async_hooks';
import type { Sql, TenantSql } from '../pg/sql';

/** The access that TypeORM's queries go through, in the work of `asCaller`. */
const callers = new AsyncLocalStorage<TenantSql>();

/** Sends everything that TypeORM asks within `work` through this access. */
export function asCaller<T>(access: TenantSql, work: () => Promise<T>): Promise<T> {
  return callers.run(access, work);
}

/** TypeORM's statements of a transaction of its own, which could be sent on any connection. */
const OF_TRANSACTION = /^(START TRANSACTION|COMMIT|ROLLBACK)$/;

/** The part of a `pg` client that TypeORM uses. A lost connection fails its queries, and emits nothing here. */
interface DriverConnection {
  query(text: string, values?: readonly unknown[]): Promise<unknown>;
  on(): void;
  removeListener(): void;
}

/**
 * Returns what TypeORM takes as its option `driver` instead of `pg`: a pool whose connections are access to `sql`.
 * Outside `asCaller` queries see no rows.
 */
export function sqlDriver(sql: Sql) {
  class Pool {
    readonly on = () => undefined;

    connect(done: (error: undefined, connection: DriverConnection, release: () => void) => void): void {
      const { send } = callers.getStore() ?? sql.as('no rows');
      const query = async (text: string, values?: readonly unknown[]) => {
        if (OF_TRANSACTION.test(text))
          throw new Error('use Transactions instead of a transaction of TypeORM');
        return send(text, values);
      };
      const connection = { query, on: () => undefined, removeListener: () => undefined };
      done(undefined, connection, () => undefined);
    }

    end(done: (error?: Error) => void): void {
      sql.close().then(() => done(), done);
    }
  }
  return { Pool };
}
