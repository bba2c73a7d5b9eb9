/** Commits all writes made inside `run`, by any repository, or none. Joins a transaction that is already open. */
export abstract class Transactions {
  /**
   * `last` sends further statements in one round trip with the commit. It receives the result of `work`, must not
   * send more after their results, and must not fail because of them.
   */
  abstract run<T>(work: () => Promise<T>): Promise<T>;
  abstract run<W, T>(work: () => Promise<W>, last: (worked: W) => Promise<T>): Promise<T>;
  /** Runs `effect` after the open transaction commits, immediately if none is open, and never if it rolls back. */
  abstract afterCommit(effect: () => void): void;
}
