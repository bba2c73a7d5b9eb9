import type { Actor, OrgId } from '@app/kernel';

/** Describes what a person or the service attempts to do. */
export interface Attempt {
  readonly org: OrgId;
  readonly action: string;
  readonly by: Actor;
  /** The target of the act, if it is known beforehand. */
  readonly target: string | null;
}

/**
 * An administrative act in progress. A use case that changes something takes one and records it together with its
 * change.
 */
export interface Act {
  readonly by: Actor;

  /**
   * Writes the entry that says that the act is done. Call it in the transaction of the change: if the entry cannot be
   * written, that transaction fails and nothing changes.
   */
  record(target?: string | null): Promise<void>;

  /**
   * Writes and commits an entry that says that the act has begun. Call it before a change on GitLab, which cannot be
   * rolled back: without this entry the change is not requested.
   */
  begin(target?: string | null): Promise<void>;
}
