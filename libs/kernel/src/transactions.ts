/** Commits all writes made inside `run`, by any repository, or none. Joins a transaction that is already open. */
export abstract class Transactions {
  abstract run<T>(work: () => Promise<T>): Promise<T>;
  /** Runs `effect` after the open transaction commits, or immediately if none is open. Skips it after a rollback. */
  abstract afterCommit(effect: () => void): void;
}
