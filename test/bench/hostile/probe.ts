import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { ask } from '../webhooks/ask';

const EVERY_MS = 5;

export interface Figures {
  /** The longest time without an answer of `/health/live`. */
  readonly silenceMs: number;
  readonly peakMb: number;
}

/** The resident memory of a process; Linux only. */
export async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024;
}

/** Watches a service while something is asked of it. */
export async function watched(url: string, pid: number, work: () => Promise<unknown>): Promise<Figures> {
  let [silenceMs, peakMb, over] = [0, 0, false];
  const working = work().finally(() => (over = true));
  while (!over) {
    const asked = performance.now();
    await ask(`${url}/health/live`);
    silenceMs = Math.max(silenceMs, performance.now() - asked);
    peakMb = Math.max(peakMb, await residentMb(pid));
    await pause(EVERY_MS);
  }
  await working;
  return { silenceMs, peakMb };
}
