import { hash } from 'node:crypto';
import type { Socket } from 'node:net';
import { Query } from 'pg';
import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { allSettledOrThrow } from '@app/kernel';
import type { OutageMonitor } from './outage-monitor';

/** The part of a `pg` client that is needed. It takes queries while others are under way, and answers them in order. */
export interface Connection {
  readonly connection: { readonly stream: Socket };
  /** Whether all that was asked is answered. */
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
  /** One on which PostgreSQL was found to be away is not used again: the next may lead to where it is now. */
  release(away: boolean): void;
}

const listenedTo = new WeakSet<Connection>();

/**
 * A connection of the pool, to be given back; one that is lost meanwhile fails its queries, and the pool drops it.
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

/** Breaks a connection on which nothing has moved for so long, unless nothing is asked: an idle one may be silent. */
export function breakWhereSilent(client: Connection, ms: number): void {
  const { stream } = client.connection;
  stream.setTimeout(ms).on('timeout', () => {
    if (!client.readyForQuery) stream.destroy(new Error('Connection terminated: silent'));
  });
}

/** Texts that are prepared; each is kept by every connection that has run it. More than the code has, should some be made of parts. */
const MOST_NAMES = 500;

const names = new Map<string, string>();

/** What is asked of a connection in one tick is one write: a system call costs more than most queries. */
export function sendTogether({ connection: { stream } }: Connection): void {
  stream.cork();
  process.nextTick(() => stream.uncork());
}

/** Begins in one write with the first query in it. */
export class Transaction {
  private readonly begun: Promise<Answer>;
  private over = false;

  constructor(readonly connection: Connection) {
    sendTogether(connection);
    this.begun = ask(connection, 'START TRANSACTION');
    this.begun.catch(() => undefined); // it is told at the end
  }

  /** @throws where its end was sent already */
  requireOpen(): void {
    if (this.over) throw new Error('asked of a transaction that is over');
  }

  /** Sent in one write with what is asked in the same tick. @throws where PostgreSQL has rolled back instead */
  async commit(): Promise<void> {
    this.over = true;
    sendTogether(this.connection);
    const [, { command }] = await allSettledOrThrow(this.begun, ask(this.connection, 'COMMIT'));
    if (command !== 'COMMIT') throw new Error('the transaction was rolled back: one of its queries failed');
  }

  /** Never fails: a connection that is lost has rolled back by itself. */
  async rollback(): Promise<'rolled back' | 'lost'> {
    this.over = true;
    return ask(this.connection, 'ROLLBACK').then(
      () => 'rolled back',
      () => 'lost',
    );
  }
}

/** Answers as TypeORM does: rows, and their number beside them where rows were changed. Parsed by PostgreSQL the first time only. */
export async function runPrepared(
  connection: Connection,
  text: string,
  values: readonly unknown[] = [],
): Promise<unknown> {
  const { command, rows, rowCount } = await ask(connection, text, nameOf(text), values);
  return command === 'UPDATE' || command === 'DELETE' ? [rows, rowCount] : rows;
}

/** A query of `pg`'s own making would be copied property by property, which costs more than sending it. */
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
