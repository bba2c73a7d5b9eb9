import pRetry from 'p-retry';
import { setTimeout as pause } from 'node:timers/promises';
import { GitLabUnavailable, RateLimited } from '../errors/answer.errors';
import { InstanceUnreachable } from '../errors/instance.errors';
import type { ErrorBody } from './errors/error-body';
import type { RetrySettings } from './settings';
import { AnswerTooLarge } from './transport/deadline';
import type { Answer } from './transport/response';

/**
 * Decides what follows on a 429, a 5xx or a timeout: see docs/waiting-for-gitlab.md. A short wait is a pause inside the
 * call; a longer one ends the call, and its caller serves other orgs meanwhile.
 */

/** `Retry-After: 0` and a `RateLimit-Reset` in the past mean this wait, so that retries always pause. */
export const SHORTEST_WAIT_MS = 1_000;

/** Longer waits are cut to this one: an odd date must not stop a sync for days. */
export const LONGEST_WAIT_MS = 3_600_000;

/** A call pauses for waits up to this one. */
export const LONGEST_PAUSE_MS = 3_000;

const MAINTENANCE = /undergoing maintenance|You cannot perform write operations/i;

type Headers = Answer['headers'];
type Refusal = Pick<ErrorBody, 'status' | 'text'>;

/** Returns the error for an answer that asks to come back later; undefined for any other answer. */
export function transientError(
  { status, text }: Refusal,
  { retryAfterMs, write }: { readonly retryAfterMs?: number; readonly write: boolean },
): RateLimited | GitLabUnavailable | undefined {
  if (status === 429) return new RateLimited(retryAfterMs);
  if (MAINTENANCE.test(text)) return new GitLabUnavailable(text, { retryAfterMs });
  if (status >= 500 || status === 408 || (status === 409 && /Resource lock/i.test(text)))
    return new GitLabUnavailable(`${status} ${text}`.trim(), { retryAfterMs, outcomeUnknown: write });
  return undefined;
}

/** Retries a read after a transient failure. Writes are never retried here: their outcome may be unknown. */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  { times = 2, firstPauseMs = 300 }: RetrySettings,
  signal: AbortSignal | undefined,
): Promise<T> {
  try {
    return await pRetry(attempt, {
      retries: times,
      minTimeout: 0,
      signal,
      shouldRetry: ({ error }) => isRetried(error),
      onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
        if (!isRetried(error) || !retriesLeft) return;
        const ms = pauseBeforeRetryMs(attemptNumber, firstPauseMs, Math.random(), error.retryAfterMs);
        await pause(ms, undefined, { signal });
      },
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

/**
 * Checks whether a call retries a read itself. It does not retry timeouts and dead hosts, because people would wait
 * too long.
 */
export function isRetried(error: unknown): error is GitLabUnavailable | RateLimited {
  if (!(error instanceof GitLabUnavailable) && !(error instanceof RateLimited)) return false;
  // The call has already waited for this service's own budget.
  if (error instanceof RateLimited && error.by === 'dot') return false;
  return (error.retryAfterMs ?? 0) <= LONGEST_PAUSE_MS;
}

/** Checks whether a failed comparison is read another way: other requests may work, and GitLab asked for no wait. */
export function isReadAnotherWay(error: unknown): boolean {
  if (error instanceof AnswerTooLarge) return true;
  if (error instanceof InstanceUnreachable) return error.reason.includes('timeout');
  return error instanceof GitLabUnavailable && error.retryAfterMs === undefined;
}

/** Returns the pause before a retry. Full jitter: orgs that fail together do not retry together. */
export function pauseBeforeRetryMs(
  attempt: number,
  firstPauseMs: number,
  random: number,
  askedMs = 0,
): number {
  return askedMs + random * Math.min(LONGEST_PAUSE_MS, firstPauseMs * 2 ** (attempt - 1));
}

/** Pauses before a call whose token has to wait. @throws RateLimited for a wait that is too long for a pause */
export async function pauseBeforeCall(waitMs: number, signal: AbortSignal | undefined): Promise<void> {
  if (waitMs > LONGEST_PAUSE_MS) throw new RateLimited(waitMs);
  if (waitMs) await pause(waitMs, undefined, { signal });
}

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
