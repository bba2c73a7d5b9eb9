import type { Blob } from '@app/kernel';
import { DIRECTORY, isLocalAhead, type BaseEntry } from './reconcile';

/** The base of a path on the work branch, with the blob of the path at the start of the branch. */
export interface ProposedEntry extends BaseEntry {
  readonly start: Blob | null;
}

/**
 * Returns the base of a path on the work branch. `own` is its entry there; without one, the branch has what the target had when it
 * started, and still has.
 */
export function workEntry(
  target: BaseEntry | undefined,
  own: ProposedEntry | undefined,
): BaseEntry | undefined {
  if (!own) return target;
  const { start, ...entry } = own;
  const supersededUpTo = Math.max(own.supersededUpTo, target?.supersededUpTo ?? 0);
  const remote = target?.remote ?? null;
  if (own.remote !== start || remote === start) return { ...entry, supersededUpTo };
  return { ...entry, supersededUpTo, local: target?.local ?? null, behind: true };
}

/** A path at which the target or the work branch has changed since the work branch started. */
export interface MovedPath {
  readonly path: string;
  readonly own: ProposedEntry;
  readonly target: BaseEntry | undefined;
  /** Dot's blob. */
  readonly local: Blob | null;
  /** True if no push writes the path, for example because either branch has a submodule there. */
  readonly held: boolean;
}

/**
 * Returns the corrected base of the target if both sides are equal at its path and it says something else; null otherwise. The push that
 * found them equal went to the work branch. If their line endings differ, only its entry says so.
 */
export function equalOnTarget({ own, target, local, held }: Omit<MovedPath, 'path'>): BaseEntry | null {
  if (!target || target.local === local || target.deletionWaits) return null;
  const isAgreed = agreesOn(own, target.remote, local);
  return target.remote === local || (isAgreed && !held) ? { ...target, local } : null;
}

/** Checks whether the work branch has this file of GitLab for this one of Dot: their line endings may differ. */
export const agreesOn = (own: ProposedEntry, remote: Blob | null, local: Blob | null): boolean =>
  own.remote !== null && own.remote === remote && own.local === local;

/** Checks whether the target has moved since the work branch started. */
export const hasMoved = (own: ProposedEntry, target: BaseEntry | undefined): boolean =>
  own.start !== (target?.remote ?? null);

/** Checks whether Dot has the target's text again, and not the one that the work branch proposes. */
export const isOutdated = (own: ProposedEntry, target: BaseEntry | undefined, local: Blob | null): boolean =>
  local === (target?.remote ?? null) && own.local !== local;

export type Fit = 'fits' | 'catch-up' | 'renew';

/** Checks whether the target got a file whose path needs the place of a proposed one, or the other way round. */
export const clash = (proposed: readonly string[], moved: readonly MovedPath[]): boolean =>
  moved.some(
    ({ path, target }) =>
      target?.remote && proposed.some((other) => isBelow(path, other) || isBelow(other, path)),
  );

const isBelow = (path: string, directory: string): boolean => path.startsWith(`${directory}/`);

/**
 * Decides whether the work branch still merges without a conflict by Dot. `renew`: both changed a path that Dot proposes, or the
 * work branch cannot take what the target has. `catch-up`: the target's text won, and the work branch has to take it.
 */
export function fitOf(moved: Iterable<Omit<MovedPath, 'path'>>): Fit {
  let fit: 'fits' | 'catch-up' = 'fits';
  for (const { own, target, local, held } of moved) {
    if (isLocalAhead(target, local)) return 'renew';
    const differs = isProposed(own, target);
    if (differs && (held || own.local === local)) return 'renew';
    if (differs) fit = 'catch-up';
  }
  return fit;
}

/** Checks whether merging the work branch would change the path. */
export const isProposed = (own: ProposedEntry, target: BaseEntry | undefined): boolean =>
  own.remote !== own.start && fileOf(own.remote) !== fileOf(target?.remote ?? null);

/** Checks whether the work branch lost a new file that Dot still has: Dot does not follow many deletions without a question. */
export const isTakenOut = (
  { start, remote, local: agreed }: ProposedEntry,
  target: BaseEntry | undefined,
  local: Blob | null,
): boolean =>
  start === null && remote === null && agreed !== null && agreed === local && isLocalAhead(target, local);

const fileOf = (remote: Blob | null): Blob | null => (remote === DIRECTORY ? null : remote);
