import pRetry from 'p-retry';
import { setTimeout as pause } from 'node:timers/promises';
import { GitLabUnavailable, RateLimited } from '../gitlab.errors';
import type { RetrySettings } from './settings';
import { LONGEST_PAUSE_MS } from './transport/host-limits';

/** Repeats a read after a passing failure. Full jitter: many orgs that fail together do not come back together. */
export async function repeating<T>(
  attempt: () => Promise<T>,
  { times = 2, firstPauseMs = 300 }: RetrySettings,
  signal: AbortSignal | undefined,
): Promise<T> {
  try {
    return await pRetry(attempt, {
      retries: times,
      minTimeout: 0,
      signal,
      shouldRetry: ({ error }) => passesSoon(error),
      onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
        if (!passesSoon(error) || !retriesLeft) return;
        const ceiling = Math.min(LONGEST_PAUSE_MS, firstPauseMs * 2 ** (attemptNumber - 1));
        await pause((error.retryAfterMs ?? 0) + Math.random() * ceiling, undefined, { signal });
      },
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

/** Timeouts and dead hosts are left to the caller: repeating them here only makes people wait. */
function passesSoon(error: unknown): error is GitLabUnavailable | RateLimited {
  if (!(error instanceof GitLabUnavailable) && !(error instanceof RateLimited)) return false;
  // The call has waited for our own budget already.
  if (error instanceof RateLimited && error.by === 'dot') return false;
  return (error.retryAfterMs ?? 0) <= LONGEST_PAUSE_MS;
}
