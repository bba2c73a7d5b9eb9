/** `newest` by time; the others hold for the first sync only. */
export type ConflictPolicy = 'newest' | 'dot' | 'gitlab';

export type Winner = 'dot' | 'gitlab';

/**
 * Last write wins; a tie goes to GitLab. A commit time in the future counts as the moment the commit was seen, so that a
 * committer's wrong clock does not win every time.
 */
export function winnerOf(times: { dot: Date; gitlab: Date; seen: Date }, policy: ConflictPolicy): Winner {
  if (policy !== 'newest') return policy;
  const gitlab = Math.min(times.gitlab.getTime(), times.seen.getTime());
  return times.dot.getTime() > gitlab ? 'dot' : 'gitlab';
}
