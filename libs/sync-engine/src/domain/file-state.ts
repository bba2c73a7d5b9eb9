import type { Blob } from '@app/kernel';
import { isLocalAhead, type BaseBlobs } from './reconcile';

export type CountedState = 'in_sync' | 'dot_ahead' | 'gitlab_ahead' | 'conflict' | 'quarantined';

export interface Known {
  readonly base: (BaseBlobs & { readonly deletionWaits?: true }) | undefined;
  /** File in Dot; null if there is none. */
  readonly local: Blob | null;
  readonly isQuarantined: boolean;
  readonly isInConflict: boolean;
}

/** Returns the state of a path by the last sync; null if there is no file. */
export function fileStateOf({ base, local, ...found }: Known): CountedState | null {
  if (base?.deletionWaits && local === base.local) return 'gitlab_ahead';
  if (found.isQuarantined) return 'quarantined';
  const isAhead = isLocalAhead(base, local);
  if (local === null && (!isAhead || (base?.remote ?? null) === null)) return null;
  if (found.isInConflict) return 'conflict';
  return isAhead ? 'dot_ahead' : 'in_sync';
}
