/** All writes made inside `run`, by whichever repository, are kept together or not at all. Joins a transaction already open. */
export abstract class Transactions {
  /**
   * `last` asks for the rest in one go: the commit is sent along with it. It is told what `work` answered, asks nothing more once
   * it has its answers, and does not fail over them.
   */
  abstract run<T>(work: () => Promise<T>): Promise<T>;
  abstract run<W, T>(work: () => Promise<W>, last: (worked: W) => Promise<T>): Promise<T>;
  /** Runs `effect` once the open transaction is committed, at once where none is open, never when it rolls back. */
  abstract afterCommit(effect: () => void): void;
}
