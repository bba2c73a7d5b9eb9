import type { Author, Blob } from '@app/kernel';
import type { Side } from './side';

/** One side of a conflict, as a version of the context store. */
export interface ConflictSide {
  readonly author: Author;
  readonly at: Date;
  readonly version: string;
  /** The commit it came from or became. */
  readonly commit: string | null;
}

/** Both sides changed the same path, differently; the loser is kept as a version of the context store. */
export interface Conflict {
  readonly id: string;
  readonly path: string;
  readonly at: Date;
  readonly winner: Side;
  readonly runId: string;
  /** What won; null if it was not noted, as with old conflicts. */
  readonly stands: ConflictSide | null;
  /** What lost. */
  readonly kept: ConflictSide;
  /** What both sides changed; null if there was nothing, or it is not kept. */
  readonly base: ConflictSide | null;
}

/** The other side has a directory of the file's name, or a file where it needs a directory. */
export const NAME_TAKEN = 'name_taken';

/** A new file of GitLab's that there is no room for in Dot; it comes in with a pull that finds room. */
export const QUOTA_EXCEEDED = 'quota_exceeded';

/** Processes ended while they inspected the text; it is inspected again later. */
export const INSPECTION_INTERRUPTED = 'inspection_interrupted';

/** A file left out of the sync until it is mended; `side` tells whose file it is. */
export interface Quarantined {
  readonly path: string;
  readonly side: Side;
  readonly blob: Blob | null;
  /** Stable word, e.g. `too_big`. */
  readonly reason: string;
  /** A sentence, with line and column where there is one. */
  readonly detail: string;
  readonly at: Date;
  /** Where in the file, if it is a place. */
  readonly line?: number;
  readonly column?: number;
  /** Bytes it needs, if it waits for room. */
  readonly size?: number;
}
