import type { Blob } from '@app/kernel';
import { isLocalAhead, type BaseBlobs } from './reconcile';

export type CountedState = 'in_sync' | 'proposed' | 'dot_ahead' | 'gitlab_ahead' | 'conflict' | 'quarantined';

export interface Known {
  readonly base: (BaseBlobs & { readonly deletionWaits?: true }) | undefined;
  /** The base on the work branch; undefined without one. */
  readonly work?: BaseBlobs;
  /** File in Dot; null if there is none. */
  readonly local: Blob | null;
  readonly isQuarantined: boolean;
  readonly isInConflict: boolean;
}

/** Returns the state of a path by the last sync; null if there is no file. */
export function fileStateOf({ base, work, local, ...found }: Known): CountedState | null {
  if (base?.deletionWaits && local === base.local) return 'gitlab_ahead';
  if (found.isQuarantined) return 'quarantined';
  const isAhead = isLocalAhead(base, local);
  if (local === null && (!isAhead || (base?.remote ?? null) === null)) return null;
  if (found.isInConflict) return 'conflict';
  return isAhead ? (isCarried(work, local) ? 'proposed' : 'dot_ahead') : 'in_sync';
}

/** Checks whether the work branch has Dot's text. */
export const isCarried = (work: BaseBlobs | undefined, local: Blob | null): boolean =>
  work !== undefined && work.local === local;
