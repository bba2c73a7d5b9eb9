import type { OrgId } from '@app/kernel';

/** The position of a pruner in its round through the orgs. */
export interface Progress {
  /** The org that the round has reached; null at its beginning. */
  readonly after: OrgId | null;
  /** The position in that org; null if the org is done. */
  readonly within: string | null;
}

/** Stores each pruner's progress through the orgs, and the time of its next round. */
export abstract class PruningRounds {
  /**
   * Returns the progress of a pruner to one process only; null if no round is due. The first round starts when the
   * second is due.
   */
  abstract claim(pruner: string, now: Date, next: Date): Promise<Progress | null>;
  abstract saveProgress(pruner: string, progress: Progress): Promise<void>;
}
