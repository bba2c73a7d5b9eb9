import pRetry from 'p-retry';
import { setTimeout as pause } from 'node:timers/promises';
import type { RetrySettings } from './settings';
import { passesSoon, pauseBeforeRepeatMs } from './wait-policy';

/** Retries a read after a transient failure. */
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
      shouldRetry: ({ error }) => passesSoon(error),
      onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
        if (!passesSoon(error) || !retriesLeft) return;
        const ms = pauseBeforeRepeatMs(attemptNumber, firstPauseMs, Math.random(), error.retryAfterMs);
        await pause(ms, undefined, { signal });
      },
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
