import type { Clock } from './clock';
import { DatabaseUnavailable } from './database-unavailable';

/**
 * Runs `work` immediately and then periodically, until `signal` aborts. Reports its errors and continues. Does not
 * report an unavailable database, because `OutageMonitor` does.
 */
export async function repeat(
  clock: Clock,
  everyMs: number,
  signal: AbortSignal,
  work: () => Promise<unknown>,
  onError: (error: unknown) => void,
): Promise<void> {
  const report = (error: unknown) => {
    if (!(error instanceof DatabaseUnavailable)) onError(error);
  };
  while (!signal.aborted) {
    await work().catch(report);
    await clock.sleep(everyMs, signal);
  }
}
