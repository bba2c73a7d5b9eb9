/** A burst without a pause is pushed after so many quiet periods. */
const MOST_PERIODS = 10;

/** Returns when no edit has come for `seconds`, within a bound; null if that is now or over. */
export function quietUntil(oldest: Date, newest: Date, seconds: number, now: Date): Date | null {
  const quiet = newest.getTime() + seconds * 1000;
  const bound = oldest.getTime() + MOST_PERIODS * seconds * 1000;
  const until = Math.min(quiet, bound, now.getTime() + seconds * 1000);
  return until > now.getTime() ? new Date(until) : null;
}
