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
  /** Side that won; null if it was not noted, as with old conflicts. */
  readonly stands: ConflictSide | null;
  /** Side that lost. */
  readonly kept: ConflictSide;
  /** Common version of both sides; null if there was none, or it is not kept. */
  readonly base: ConflictSide | null;
}

/** The other side has a directory of the file's name, or a file in place of a directory that it needs. */
export const NAME_TAKEN = 'name_taken';

/** A new file of GitLab's that there is no room for in Dot; it comes in with a pull that finds room. */
export const QUOTA_EXCEEDED = 'quota_exceeded';

/** Processes ended while they inspected the text; it is inspected again later. */
export const INSPECTION_INTERRUPTED = 'inspection_interrupted';

/** File left out of the sync until it is fixed; `side` names its side. */
export interface Quarantined {
  readonly path: string;
  readonly side: Side;
  readonly blob: Blob | null;
  /** Stable word, e.g. `too_big`. */
  readonly reason: string;
  /** Sentence, with line and column if known. */
  readonly detail: string;
  readonly at: Date;
  /** Line in the file, if the finding has one. */
  readonly line?: number;
  readonly column?: number;
  /** Bytes it needs, if it waits for room. */
  readonly size?: number;
}

/** Reasons for which a pull quarantines paths that Dot never owned. No change made in Dot can concern them. */
const NOT_DOTS = ['directory', 'submodule', 'symlink', 'path_not_utf8', NAME_TAKEN];

/** Checks whether GitLab has an entry at the path that Dot must not replace. */
export const isNotDots = ({ side, reason }: Pick<Quarantined, 'side' | 'reason'>): boolean =>
  side === 'remote' && NOT_DOTS.includes(reason);

/** Checks whether a finding is about the very entry that a branch has at the path. One about Dot's file is about no branch. */
export const isAbout = ({ side, blob }: Pick<Quarantined, 'side' | 'blob'>, remote: Blob | null): boolean =>
  side === 'remote' && blob === remote;
