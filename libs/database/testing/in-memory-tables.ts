import { AsyncLocalStorage } from 'node:async_hooks';
import { DatabaseUnavailable } from '@app/kernel';

type Key = string | number;

/** Rows of one kind by key, in the order they were first written. Rows are frozen: change one by setting another. */
export interface InMemoryTable<Row extends object> {
  get(key: Key): Row | undefined;
  has(key: Key): boolean;
  /** What the open transaction sees; committed rows outside of one. */
  values(): Row[];
  /** Only inside `InMemoryTables.run`. */
  set(key: Key, row: Row): void;
  /** Only inside `InMemoryTables.run`. */
  delete(key: Key): void;
}

interface OpenTransaction {
  readonly tables: InMemoryTables;
  /** Of other tables, around this one. */
  readonly outer: OpenTransaction | undefined;
  closed: boolean;
  /** Per table, what it wrote; undefined where it deleted. */
  readonly writes: Map<Map<Key, object>, Map<Key, object | undefined>>;
  readonly effects: (() => void)[];
}

/** Shared, because Node keeps every storage that was ever used and asks each at every promise. */
const open = new AsyncLocalStorage<OpenTransaction>();

/**
 * The database of in-memory repositories: named tables whose writes are kept together or not at all, seen by others only
 * once committed. Transactions run one after the other.
 */
export class InMemoryTables {
  private readonly tables = new Map<string, Map<Key, object>>();
  private last: Promise<unknown> = Promise.resolve();
  private unavailable = false;

  /** While it is away, nothing is read or written. */
  givenAway(away: boolean): void {
    this.unavailable = away;
  }

  /** The same name is the same table; its row type is the caller's promise. */
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

  /** Joins the transaction already open here; otherwise waits for its turn. */
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
    if (this.unavailable) throw new DatabaseUnavailable('given to be away');
  }

  /** A transaction that has ended is no longer there for what it left running. */
  private current(): OpenTransaction | undefined {
    let transaction = open.getStore();
    while (transaction && transaction.tables !== this) transaction = transaction.outer;
    return transaction?.closed ? undefined : transaction;
  }
}
