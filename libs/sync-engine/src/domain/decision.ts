import type { Author, Blob } from '@app/kernel';
import { NAME_TAKEN } from './findings';
import type { BaseBlobs } from './reconcile';
import type { Side } from './side';

/** Subject of a decision. */
interface Decided {
  readonly path: string;
  readonly remote: Blob | null;
  readonly local: Blob | null;
  /** Dot's revision at which its copy was read. */
  readonly asOf: number;
}

/** Outcome for one path that GitLab changed. */
export type Decision =
  /** Dot takes GitLab's entry; null is a deletion. */
  | (Decided & { readonly kind: 'take'; readonly content: Buffer | null })
  /** Both are equal already. */
  | (Decided & { readonly kind: 'agree' })
  /** GitLab has a text of Dot's that a merge request proposed; Dot may have a newer one. */
  | (Decided & { readonly kind: 'landed'; readonly version: LandedVersion })
  | (Decided & {
      readonly kind: 'conflict';
      readonly winner: Side;
      /** GitLab's text; null is a deletion. */
      readonly content: Buffer | null;
      readonly base: BaseBlobs | undefined;
      /** GitLab's last commit on the path, or the head. */
      readonly commit: { readonly id: string; readonly author: Author; readonly committedAt: Date };
      /** Dot's copy; null if it was deleted. */
      readonly localFile: LocalFile | null;
    })
  | (Decided & {
      readonly kind: 'quarantine';
      readonly reason: string;
      readonly detail: string;
      readonly line?: number;
      readonly column?: number;
      readonly base: BaseBlobs | undefined;
      /** Bytes it needs, if it waits for room. */
      readonly size?: number;
      /** When its text may be inspected again, if it waits for that. */
      readonly retryAfterMs?: number;
    });

/** The version of Dot that GitLab's branch has now. */
export interface LandedVersion {
  /** Null if it is a deletion. */
  readonly blob: Blob | null;
  readonly revision: number;
}

export interface LocalFile {
  readonly updatedBy: Author;
  readonly updatedAt: Date;
  readonly version: string;
}

export type ConflictDecision = Extract<Decision, { kind: 'conflict' }>;
export type QuarantineDecision = Extract<Decision, { kind: 'quarantine' }>;
type Written = Extract<Decision, { content: Buffer | null }>;

/** Checks whether Dot takes GitLab's entry. */
export const takesRemote = (decision: Decision): decision is Written =>
  decision.kind === 'take' || (decision.kind === 'conflict' && decision.winner === 'remote');

/** Checks whether Dot has another text than the one of its own that landed: it is still to be sent. */
export const isNewerThanLanded = (decision: Decision): boolean =>
  decision.kind === 'landed' && decision.version.blob !== decision.local;

/** Checks whether the decision brings Dot a new file. */
export const isNew = (decision: Decision): decision is Written & { readonly content: Buffer } =>
  decision.local === null && takesRemote(decision) && decision.content !== null;

/** Checks whether Dot's copy stays although GitLab has another. */
export const keepsLocal = (decision: Decision): decision is ConflictDecision | QuarantineDecision =>
  decision.kind === 'quarantine' || (decision.kind === 'conflict' && decision.winner === 'local');

/** Returns the decision as a conflict that GitLab won. If Dot has no place or room for the file, its text is kept then. */
export function contested(
  { path, remote, local, asOf, content }: Written,
  commit: ConflictDecision['commit'],
): ConflictDecision {
  const about = { path, remote, local, asOf };
  return { ...about, kind: 'conflict', winner: 'remote', content, base: undefined, localFile: null, commit };
}

/**
 * Decides again about a file that has no place in Dot, because a file or directory of Dot's has its name. If Dot changed the path
 * itself, Dot wins; otherwise the file waits for its place.
 */
export function nameTaken(decision: Decision, detail: string): Decision {
  if (decision.kind === 'conflict') return { ...decision, winner: 'local' };
  return { ...decision, kind: 'quarantine', reason: NAME_TAKEN, detail, base: undefined };
}
