import type { Clock } from './clock';
import { DatabaseUnavailable } from './database-unavailable';

/**
 * Does `work` at once and then every so often, until `signal` aborts. What it throws is told and does not end the series; that the
 * database is away is told elsewhere.
 */
export async function repeat(
  clock: Clock,
  everyMs: number,
  signal: AbortSignal,
  work: () => Promise<unknown>,
  onError: (error: unknown) => void,
): Promise<void> {
  const told = (error: unknown) => {
    if (!(error instanceof DatabaseUnavailable)) onError(error);
  };
  while (!signal.aborted) {
    await work().catch(told);
    await clock.sleep(everyMs, signal);
  }
}
