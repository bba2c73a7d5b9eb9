const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Time after which a delivery that keeps failing is given up. */
export const GIVEN_UP_AFTER_MS = 24 * HOUR_MS;

/**
 * Returns when a failed delivery is tried again: full jitter up to a ceiling that doubles from one minute to one hour.
 * Null if it is given up. `random` is from 0 to 1.
 */
export function retryAt(since: Date, attempts: number, now: Date, random: number): Date | null {
  const ceiling = Math.min(HOUR_MS, MINUTE_MS * 2 ** Math.min(attempts - 1, 20));
  const at = new Date(now.getTime() + Math.round(random * ceiling));
  return at.getTime() - since.getTime() > GIVEN_UP_AFTER_MS ? null : at;
}
