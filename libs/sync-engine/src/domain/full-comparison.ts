import type { SyncState } from './sync-state';

/** No more of a team's day than this is built on comparisons that nothing proves. */
const EVERY_MS = 24 * 3_600_000;

/**
 * Checks whether to compare everything again. GitLab's comparison of two commits may be incomplete without a sign. A
 * tree is complete: its ids are hashes of its content.
 */
export const isFullComparisonDue = ({ compareAllAt }: Pick<SyncState, 'compareAllAt'>, now: Date): boolean =>
  compareAllAt !== null && compareAllAt <= now;

/** Returns the time of the next full comparison, after one that compared everything, or only two commits. */
export function nextFullComparison(
  { compareAllAt }: Pick<SyncState, 'compareAllAt'>,
  comparedAll: boolean,
  now: Date,
): Pick<SyncState, 'compareAllAt'> {
  if (comparedAll) return { compareAllAt: null };
  return { compareAllAt: compareAllAt ?? new Date(now.getTime() + EVERY_MS) };
}
