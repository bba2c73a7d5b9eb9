import type { Actor, OrgId } from '@app/kernel';

/** Names what somebody tries to do. */
export interface Attempt {
  readonly org: OrgId;
  readonly action: string;
  readonly by: Actor;
  /** What it is done to, as far as that is known before. */
  readonly target: string | null;
}

/** An administrative act under way. A use case that changes something takes one, and records it with its change. */
export interface Act {
  readonly by: Actor;

  /**
   * Writes the entry that says the act is done. Call it in the transaction that makes the act true: if the entry cannot be
   * written, that transaction fails, and nothing is done.
   */
  record(target?: string | null): Promise<void>;

  /**
   * Writes, and commits, an entry that says the act is begun. Call it before GitLab is asked for a change: what happens there
   * cannot be rolled back, so that without this entry it is not asked.
   */
  begin(target?: string | null): Promise<void>;
}
