/** The time in this process. Leases use the database's clock instead. */
export abstract class Clock {
  abstract now(): Date;
  /** Resolves after `ms` milliseconds, or immediately when `signal` aborts. */
  abstract sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal?.addEventListener('abort', done, { once: true });
    });
  }
}

/** A clock that moves only by `advance`, which wakes sleepers whose time has come. */
export class ManualClock extends Clock {
  private readonly sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();

  constructor(private time = new Date('2026-01-01T00:00:00Z')) {
    super();
  }

  now(): Date {
    return new Date(this.time);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const wake = () => {
        this.sleepers.delete(sleeper);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper = { at: this.time.getTime() + ms, wake };
      this.sleepers.add(sleeper);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }

  advance(ms: number): void {
    this.time = new Date(this.time.getTime() + ms);
    for (const { at, wake } of [...this.sleepers]) if (at <= this.time.getTime()) wake();
  }
}
