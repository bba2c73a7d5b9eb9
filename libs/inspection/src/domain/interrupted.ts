import type { Inspection } from '../rules/inspect';

/** After so many attempts that did not end, a text waits before the next one. */
export const MOST_ATTEMPTS = 2;

/** How long such a text waits, in milliseconds: `retryMs` at first, twice as long after each further attempt. */
export interface RetryWaits {
  readonly retryMs: number;
  readonly longestRetryMs: number;
}

/** Attempts at a text that began and did not end; `at` is the time of the last one. */
export interface Attempts {
  readonly attempts: number;
  readonly at: Date;
}

/** Returns the outcome for a text that has to wait; null if it may be inspected now. */
export function interrupted({ attempts, at }: Attempts, waits: RetryWaits, now: Date): Inspection | null {
  if (attempts < MOST_ATTEMPTS) return null;
  const waitMs = Math.min(waits.longestRetryMs, waits.retryMs * 2 ** (attempts - MOST_ATTEMPTS));
  const retryAt = new Date(at.getTime() + waitMs);
  if (retryAt <= now) return null;
  const detail =
    `the service ended ${attempts} times while it inspected this text; it is inspected again by itself ` +
    `after ${retryAt.toISOString()}, or when a person pulls`;
  const retryAfterMs = retryAt.getTime() - now.getTime();
  return { problem: { reason: 'inspection_interrupted', detail, retryAfterMs }, findings: [] };
}
