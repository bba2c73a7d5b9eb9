import { hash } from 'node:crypto';
import type { Socket } from 'node:net';
import { Query, type QueryResult } from 'pg';

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
}

export type Answer = Pick<QueryResult, 'command' | 'rows' | 'rowCount'>;

/** Closes a connection that transfers nothing for `ms` while a query is open. An idle connection may be silent. */
export function breakIfSilent(client: Connection, ms: number): void {
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

/** Sends a statement. PostgreSQL parses each text only once. */
export function sendPrepared(
  connection: Connection,
  text: string,
  values: readonly unknown[] = [],
): Promise<Answer> {
  return send(connection, text, nameOf(text), values);
}

/**
 * Builds the query object itself, because `pg` copies its own property by property, which costs more than sending it.
 */
export function send(
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
