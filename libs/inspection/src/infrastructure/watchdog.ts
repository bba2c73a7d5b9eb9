const LOOK_MS = 25;
/** Extra time for a worker that has to start. A worker that does not start must not block the task. */
const START_MS = 30_000;

/** Watches a worker's progress, text by text, and aborts a task that makes no progress for too long. */
export class Watchdog {
  readonly progress = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  private readonly abort = new AbortController();
  private readonly timer = setInterval(() => this.look(), LOOK_MS);
  private seen = 0;
  private since = performance.now();

  constructor(private readonly limitMs: number) {}

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  /** The index of the text that was inspected last, from 0; null before the first. */
  get position(): number | null {
    const at = Atomics.load(this.progress, 0);
    return at ? at - 1 : null;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const now = performance.now();
    const at = Atomics.load(this.progress, 0);
    if (at !== this.seen) [this.seen, this.since] = [at, now];
    if (now - this.since > (at ? this.limitMs : START_MS)) this.abort.abort();
  }
}
