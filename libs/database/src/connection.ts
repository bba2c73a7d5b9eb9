import { hash } from 'node:crypto';
import type { Writable } from 'node:stream';

/** The part of a `pg` client that is needed. It takes queries while others are under way, and answers them in order. */
export interface Connection {
  readonly connection: { readonly stream: Writable };
  query(query: Query): Promise<Answer>;
}

interface Query {
  readonly text: string;
  readonly name?: string;
  readonly values?: readonly unknown[];
}

interface Answer {
  readonly command: string;
  readonly rows: readonly unknown[];
  readonly rowCount: number | null;
}

/** Texts that are prepared; each is kept by every connection that has run it. More than the code has, should some be made of parts. */
const MOST_NAMES = 500;

const names = new Map<string, string>();

/** What is asked of a connection in one tick is one write: a system call costs more than most queries. */
export function sendTogether({ connection: { stream } }: Connection): void {
  stream.cork();
  process.nextTick(() => stream.uncork());
}

export interface Transaction {
  /** @throws where PostgreSQL has rolled back instead */
  commit(): Promise<void>;
  /** Never fails: a connection that is lost has rolled back by itself. */
  rollback(): Promise<void>;
}

/** Sent in one write with the first query in it. */
export function begin(connection: Connection): Transaction {
  sendTogether(connection);
  const begun = connection.query({ text: 'START TRANSACTION' });
  begun.catch(() => undefined); // it is told at the end
  return {
    async commit() {
      await begun;
      const { command } = await connection.query({ text: 'COMMIT' });
      if (command !== 'COMMIT') throw new Error('the transaction was rolled back: one of its queries failed');
    },
    async rollback() {
      await connection.query({ text: 'ROLLBACK' }).catch(() => undefined);
    },
  };
}

/** Answers as TypeORM does: rows, and their number beside them where rows were changed. Parsed by PostgreSQL the first time only. */
export async function runPrepared(
  connection: Connection,
  text: string,
  values: readonly unknown[] = [],
): Promise<unknown> {
  const { command, rows, rowCount } = await connection.query({ name: nameOf(text), text, values });
  return command === 'UPDATE' || command === 'DELETE' ? [rows, rowCount] : rows;
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_NAMES) return known;
  const name = hash('sha256', text).slice(0, 32);
  names.set(text, name);
  return name;
}
