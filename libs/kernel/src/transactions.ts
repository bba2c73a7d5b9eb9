/** All writes made inside `run`, by whichever repository, are kept together or not at all. Joins a transaction already open. */
export abstract class Transactions {
  abstract run<T>(work: () => Promise<T>): Promise<T>;
  /** Runs `effect` once the open transaction is committed, at once where none is open, never when it rolls back. */
  abstract afterCommit(effect: () => void): void;
}
