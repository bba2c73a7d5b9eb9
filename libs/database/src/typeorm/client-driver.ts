import type { Client } from 'pg';

/** Returns what TypeORM takes as its option `driver` instead of `pg`: a pool of this one client, which stays open. */
export function clientDriver(client: Client) {
  class Pool {
    readonly on = () => undefined;

    connect(done: (error: undefined, connection: Client, release: () => void) => void): void {
      done(undefined, client, () => undefined);
    }

    end(done: () => void): void {
      done();
    }
  }
  return { Pool };
}
