import type { Side } from './side';

/** `newest` by time; a side always wins, which only a first sync may ask for. */
export type ConflictPolicy = 'newest' | Side;

/**
 * Picks the winner: the last write, or GitLab on a tie. A commit time in the future counts as the moment it was seen.
 * A committer's wrong clock therefore does not win every time.
 */
export function winnerOf(times: { local: Date; remote: Date; seen: Date }, policy: ConflictPolicy): Side {
  if (policy !== 'newest') return policy;
  const remote = Math.min(times.remote.getTime(), times.seen.getTime());
  return times.local.getTime() > remote ? 'local' : 'remote';
}
