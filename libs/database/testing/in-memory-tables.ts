import { AsyncLocalStorage } from 'node:async_hooks';
import { DatabaseUnavailable } from '@app/kernel';

type Key = string | number;

/** Rows of one kind by key, in the order of their first write. Rows are frozen: replace one to change it. */
export interface InMemoryTable<Row extends object> {
  get(key: Key): Row | undefined;
  has(key: Key): boolean;
  /** Returns the rows that the open transaction sees; outside of one, the committed rows. */
  values(): Row[];
  /** Allowed only inside `InMemoryTables.run`. */
  set(key: Key, row: Row): void;
  /** Allowed only inside `InMemoryTables.run`. */
  delete(key: Key): void;
}

interface OpenTransaction {
  readonly tables: InMemoryTables;
  /** An open transaction of other tables, around this one. */
  readonly outer: OpenTransaction | undefined;
  closed: boolean;
  /** Writes per table; undefined for a deleted row. */
  readonly writes: Map<Map<Key, object>, Map<Key, object | undefined>>;
  readonly effects: (() => void)[];
}

/** Shared, because Node keeps every storage ever used and visits each at every promise. */
const open = new AsyncLocalStorage<OpenTransaction>();

/**
 * The database of in-memory repositories: named tables with transactions, which run one after the other. Writes are
 * kept together or not at all, and others see them only after commit.
 */
export class InMemoryTables {
  private readonly tables = new Map<string, Map<Key, object>>();
  private last: Promise<unknown> = Promise.resolve();
  private unavailable = false;

  /** Makes the database unavailable: every read and write fails. */
  givenUnavailable(unavailable: boolean): void {
    this.unavailable = unavailable;
  }

  /** Returns the table of this name; the caller is responsible for its row type. */
  table<Row extends object>(name: string): InMemoryTable<Row> {
    const rows = (this.tables.get(name) ?? new Map()) as Map<Key, Row>;
    this.tables.set(name, rows);
    return {
      get: (key) => this.get(rows, key),
      has: (key) => this.get(rows, key) !== undefined,
      values: () => this.values(rows),
      set: (key, row) => void this.writesTo(rows).set(key, Object.freeze(row)),
      delete: (key) => void this.writesTo(rows).set(key, undefined),
    };
  }

  /** Joins the open transaction; otherwise waits for its turn. */
  run<T>(work: () => Promise<T> | T): Promise<T> {
    if (this.current()) return Promise.resolve().then(work);
    const turn = this.last.then(() => this.alone(work));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  afterCommit(effect: () => void): void {
    const transaction = this.current();
    if (transaction) transaction.effects.push(effect);
    else effect();
  }

  private async alone<T>(work: () => Promise<T> | T): Promise<T> {
    const transaction: OpenTransaction = {
      tables: this,
      outer: open.getStore(),
      closed: false,
      writes: new Map(),
      effects: [],
    };
    const result = await open.run(transaction, async () => work()).finally(() => (transaction.closed = true));
    for (const [rows, writes] of transaction.writes) {
      for (const [key, row] of writes) {
        if (row) rows.set(key, row);
        else rows.delete(key);
      }
    }
    for (const effect of transaction.effects) effect();
    return result;
  }

  private get<Row extends object>(rows: Map<Key, Row>, key: Key): Row | undefined {
    this.reach();
    const writes = this.current()?.writes.get(rows) as Map<Key, Row | undefined> | undefined;
    return writes?.has(key) ? writes.get(key) : rows.get(key);
  }

  private values<Row extends object>(rows: Map<Key, Row>): Row[] {
    this.reach();
    const writes = this.current()?.writes.get(rows) as Map<Key, Row | undefined> | undefined;
    if (!writes) return [...rows.values()];
    const merged = new Map<Key, Row | undefined>([...rows, ...writes]);
    return [...merged.values()].filter((row) => row !== undefined);
  }

  private writesTo<Row extends object>(rows: Map<Key, Row>): Map<Key, object | undefined> {
    this.reach();
    const transaction = this.current();
    if (!transaction) throw new Error('Write to in-memory tables inside run() only.');
    const writes = transaction.writes.get(rows) ?? new Map();
    transaction.writes.set(rows, writes);
    return writes;
  }

  private reach(): void {
    if (this.unavailable) throw new DatabaseUnavailable('made unavailable by the test');
  }

  /** Work that a transaction left running must not use it after it has ended. */
  private current(): OpenTransaction | undefined {
    let transaction = open.getStore();
    while (transaction && transaction.tables !== this) transaction = transaction.outer;
    return transaction?.closed ? undefined : transaction;
  }
}
