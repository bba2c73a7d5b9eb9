import { GitLabUnavailable, RateLimited } from '../gitlab.errors';
import type { Answer } from './transport/response';

/**
 * Decides if and how long this service waits for GitLab: see docs/waiting-for-gitlab.md. No other file reads these
 * headers.
 */

/** `Retry-After: 0` and a `RateLimit-Reset` in the past mean this wait, so that retries always pause. */
export const SHORTEST_WAIT_MS = 1_000;

/** Longer waits are cut to this one: an odd date must not stop a sync for days. */
export const LONGEST_WAIT_MS = 3_600_000;

/** A call pauses for waits up to this one. Longer ones go to its caller, which serves other orgs meanwhile. */
export const LONGEST_PAUSE_MS = 3_000;

type Headers = Answer['headers'];

/**
 * Returns the time GitLab asks to wait, or undefined if it asks for no wait or names no time. gitlab.com sends
 * `RateLimit-…` with nearly every answer. So these headers count only with a status that asks to wait, or if the
 * quota is used up.
 */
export function askedWaitMs(
  { status, headers }: Pick<Answer, 'status' | 'headers'>,
  now: Date,
): number | undefined {
  const retryAfter = retryAfterMs(headers, now);
  if (status === 503 && retryAfter !== undefined) return withinBounds(retryAfter);
  if (status !== 429 && !isUsedUp(headers)) return undefined;
  const named = retryAfter ?? untilResetMs(headers, now);
  return named === undefined ? undefined : withinBounds(named);
}

/** Checks whether the token's quota is used up, so that GitLab would refuse its next request. */
export function isUsedUp(headers: Headers): boolean {
  return headers['ratelimit-remaining'] === '0';
}

/**
 * Checks whether a call retries a read itself. It does not retry timeouts and dead hosts, because people would wait
 * too long.
 */
export function passesSoon(error: unknown): error is GitLabUnavailable | RateLimited {
  if (!(error instanceof GitLabUnavailable) && !(error instanceof RateLimited)) return false;
  // The call has already waited for this service's own budget.
  if (error instanceof RateLimited && error.by === 'dot') return false;
  return (error.retryAfterMs ?? 0) <= LONGEST_PAUSE_MS;
}

/** Returns the pause before a retry. Full jitter: orgs that fail together do not retry together. */
export function pauseBeforeRepeatMs(
  attempt: number,
  firstPauseMs: number,
  random: number,
  askedMs = 0,
): number {
  return askedMs + random * Math.min(LONGEST_PAUSE_MS, firstPauseMs * 2 ** (attempt - 1));
}

export function withinBounds(ms: number): number {
  return Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, ms));
}

/** Reads `Retry-After`: seconds, or a date. */
function retryAfterMs(headers: Headers, now: Date): number | undefined {
  const text = headers['retry-after']?.trim();
  if (!text) return undefined;
  return /^\d+$/.test(text) ? Number(text) * 1000 : untilMs(Date.parse(text), now);
}

/** Reads `RateLimit-Reset`: seconds since 1970. */
function untilResetMs(headers: Headers, now: Date): number | undefined {
  const text = headers['ratelimit-reset'] ?? '';
  return /^\d+$/.test(text) ? untilMs(Number(text) * 1000, now) : undefined;
}

function untilMs(time: number, now: Date): number | undefined {
  return Number.isNaN(time) ? undefined : time - now.getTime();
}
