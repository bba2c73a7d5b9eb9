import type { Blob } from '@app/kernel';
import { winnerOf, type ConflictPolicy } from './conflict';
import type { Side } from './side';

/** Blobs of the last agreement on a path. They differ by line endings, or if one side has yet to follow. */
export interface BaseBlobs {
  /** `DIRECTORY` if a directory took the place of a file that Dot still has. */
  readonly remote: Blob | null;
  readonly local: Blob | null;
  /** True if Dot has followed the target, and the work branch has not: its next change is a conflict. */
  readonly behind?: true;
}

/** A path's base. A pull has superseded the changes to the path up to revision `supersededUpTo`. */
export interface BaseEntry extends BaseBlobs {
  readonly supersededUpTo: number;
  /** The last commit at which GitLab's blob was seen; null if no commit was noted. */
  readonly seenAt: string | null;
  /** True if GitLab deleted the file and Dot keeps it until a person decides. Any later base of the path ends that. */
  readonly deletionWaits?: true;
}

/** Stands for the blob of a directory that bears a context file's name. */
export const DIRECTORY = 'directory';

/** Reason for which Dot cannot take GitLab's entry at a path. */
export interface Problem {
  /** Stable word, e.g. `too_big`. */
  readonly reason: string;
  /** A sentence, with line and column if there is one. */
  readonly detail: string;
  readonly line?: number;
  readonly column?: number;
  /**
   * Names the faulty part. A `text` does not matter if Dot has the same. The `name` is the file's. An `entry` is not a
   * file, or has a path that no file in Dot can have.
   */
  readonly about: 'text' | 'name' | 'entry';
  /** When the text may be inspected again, if it waits for that. */
  readonly retryAfterMs?: number;
}

/** One path as both sides have it; null is absent. */
export interface PathSides {
  readonly path: string;
  /** Undefined if the sides never agreed on the path. */
  readonly base: BaseBlobs | undefined;
  readonly local: Blob | null;
  readonly remote: Blob | null;
  readonly problem: Problem | null;
}

/**
 * `take` GitLab's state into Dot, `send` Dot's state to GitLab, `agree` that both are equal (only the base moves), `conflict`: both
 * changed since the base, differently; `quarantine`: GitLab changed to something Dot cannot take. `nothing` changed.
 */
export type Verdict =
  | { readonly kind: 'nothing' | 'take' | 'send' | 'agree' | 'conflict' }
  | { readonly kind: 'quarantine'; readonly problem: Problem };

const NEVER_SEEN: BaseBlobs = { remote: null, local: null };

/** Compares base, local and remote of one path, and decides. Pure: equal input gives an equal verdict. */
export function reconcile(sides: PathSides): Verdict {
  const { base = NEVER_SEEN, local, remote, problem } = sides;
  if (problem && matters(problem, sides)) return { kind: 'quarantine', problem };
  const [localChanged, remoteChanged] = [local !== base.local, remote !== base.remote];
  if (!localChanged && !remoteChanged) return { kind: 'nothing' };
  if (local === remote) return { kind: 'agree' };
  if (!localChanged) return { kind: base.behind ? 'conflict' : 'take' };
  if (!remoteChanged) return { kind: 'send' };
  return { kind: 'conflict' };
}

function matters({ about }: Problem, sides: PathSides): boolean {
  if (about === 'entry') return true;
  return about === 'name' ? sides.remote !== sides.base?.remote : bringsText(sides);
}

/** Checks whether GitLab has a text that is neither agreed on nor in Dot. Only such a text can have a problem. */
export const bringsText = ({ base, local, remote }: Omit<PathSides, 'problem'>): boolean =>
  remote !== null && remote !== base?.remote && remote !== local;

/** Checks whether Dot has something to send, as far as the base shows. */
export function isLocalAhead(base: BaseBlobs | undefined, local: Blob | null): boolean {
  return reconcile({ path: '', base, local, remote: base?.remote ?? null, problem: null }).kind !== 'nothing';
}

/** Facts about a conflict that need further reading. */
export type ConflictFacts =
  | { readonly sameText: true }
  | {
      readonly sameText: false;
      /** When Dot's copy last changed, or went. */
      readonly localAt: Date;
      /** The time of GitLab's last commit on the path, or of its head. */
      readonly remoteAt: Date;
      /** When that was read. */
      readonly readAt: Date;
    };

/** Decides a conflict: its winner, or `agree` if the texts differ only by line endings. */
export function settleConflict(facts: ConflictFacts, policy: ConflictPolicy): 'agree' | Side {
  if (facts.sameText) return 'agree';
  return winnerOf({ local: facts.localAt, remote: facts.remoteAt, seen: facts.readAt }, policy);
}
