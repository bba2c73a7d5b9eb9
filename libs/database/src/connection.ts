import { hash } from 'node:crypto';
import type { Socket } from 'node:net';
import { Query } from 'pg';
import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { allSettledOrThrow } from '@app/kernel';
import type { OutageMonitor } from './outage-monitor';

/**
 * The part of a `pg` client that the service uses. It accepts queries while others are in progress, and answers them
 * in order.
 */
export interface Connection {
  readonly connection: { readonly stream: Socket };
  /** True if every query has its answer. */
  readonly readyForQuery: boolean;
  query(query: Query): void;
  on(event: 'error', listener: () => void): void;
  emit(event: 'error', error: Error): void;
}

interface Answer {
  readonly command: string;
  readonly rows: readonly unknown[];
  readonly rowCount: number | null;
}

export interface AcquiredConnection {
  readonly connection: Connection;
  /**
   * Returns the connection to the pool, or closes it if PostgreSQL is unavailable on it: the next may reach a new
   * server.
   */
  release(unavailable: boolean): void;
}

const listenedTo = new WeakSet<Connection>();

/**
 * Takes a connection from the pool; the caller releases it. A connection that is lost meanwhile fails its queries.
 * @throws DatabaseUnavailable
 */
export async function acquireConnection(
  source: DataSource,
  outage: OutageMonitor,
): Promise<AcquiredConnection> {
  const lent = (source.driver as PostgresDriver).obtainMasterConnection().catch(outage.rethrow);
  const [connection, release] = (await lent) as [Connection, (drop: boolean) => void];
  if (!listenedTo.has(connection)) connection.on('error', () => undefined);
  listenedTo.add(connection);
  return { connection, release };
}

/** Closes a connection that transfers nothing for `ms` while a query is open. An idle connection may be silent. */
export function breakWhereSilent(client: Connection, ms: number): void {
  const { stream } = client.connection;
  stream.setTimeout(ms).on('timeout', () => {
    if (!client.readyForQuery) stream.destroy(new Error('Connection terminated: silent'));
  });
}

/** Most texts to prepare, in case some are built from parts. Every connection that runs a text keeps it. */
const MOST_NAMES = 500;

const names = new Map<string, string>();

/** Sends all queries of one tick in one write: a system call costs more than most queries. */
export function sendTogether({ connection: { stream } }: Connection): void {
  stream.cork();
  process.nextTick(() => stream.uncork());
}

/** Begins a transaction in the same write as its first query. */
export class Transaction {
  private readonly begun: Promise<Answer>;
  private over = false;

  constructor(readonly connection: Connection) {
    sendTogether(connection);
    this.begun = ask(connection, 'START TRANSACTION');
    this.begun.catch(() => undefined); // commit reports the error
  }

  /** @throws Error if the end of the transaction was already sent */
  requireOpen(): void {
    if (this.over) throw new Error('query sent to a transaction that has ended');
  }

  /**
   * Sends COMMIT in one write with the queries of the same tick. @throws Error if PostgreSQL has rolled back instead
   */
  async commit(): Promise<void> {
    this.over = true;
    sendTogether(this.connection);
    const [, { command }] = await allSettledOrThrow(this.begun, ask(this.connection, 'COMMIT'));
    if (command !== 'COMMIT') throw new Error('the transaction was rolled back: one of its queries failed');
  }

  /** Never fails: a lost connection has rolled back by itself. */
  async rollback(): Promise<'rolled back' | 'lost'> {
    this.over = true;
    return ask(this.connection, 'ROLLBACK').then(
      () => 'rolled back',
      () => 'lost',
    );
  }
}

/**
 * Returns what TypeORM returns: rows, with their number if rows were changed. PostgreSQL parses each text only once.
 */
export async function runPrepared(
  connection: Connection,
  text: string,
  values: readonly unknown[] = [],
): Promise<unknown> {
  const { command, rows, rowCount } = await ask(connection, text, nameOf(text), values);
  return command === 'UPDATE' || command === 'DELETE' ? [rows, rowCount] : rows;
}

/**
 * Builds the query object itself, because `pg` copies its own property by property, which costs more than sending it.
 */
function ask(
  connection: Connection,
  text: string,
  name?: string,
  values?: readonly unknown[],
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const query = new Query(text, values as unknown[] | undefined, (error, answer) =>
      error ? reject(error) : resolve(answer),
    );
    connection.query(Object.assign(query, { name }));
  });
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_NAMES) return known;
  const name = hash('sha256', text).slice(0, 32);
  names.set(text, name);
  return name;
}
