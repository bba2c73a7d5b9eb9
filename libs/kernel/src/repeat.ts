import type { Clock } from './clock';

/** Does `work` at once and then every so often, until `signal` aborts. What it throws is told and does not end the series. */
export async function repeat(
  clock: Clock,
  everyMs: number,
  signal: AbortSignal,
  work: () => Promise<unknown>,
  onError: (error: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    await work().catch(onError);
    await clock.sleep(everyMs, signal);
  }
}
