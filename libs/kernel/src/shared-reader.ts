import { isDeepStrictEqual } from 'node:util';
import { defer, finalize, Observable, ReplaySubject, share, type Subscriber } from 'rxjs';
import type { Clock } from './clock';

interface Reading<T> {
  readonly read: () => Promise<T>;
  /** Returns the pause before the next read, in milliseconds. */
  readonly pauseMs: (seen: T) => number;
  /** Returns true if nothing can follow; never by default. */
  readonly isLast?: (seen: T) => boolean;
}

/** Follows values that any process may change, by reading the shared database: one reader per key, however many watch. */
export class SharedReader<T> {
  private readonly watched = new Map<string, Observable<T>>();

  constructor(private readonly clock: Clock) {}

  /** Emits the first value immediately, and every different one later. Fails if a read fails. */
  follow(key: string, reading: Reading<T>): Observable<T> {
    return defer(() => this.watched.get(key) ?? this.begin(key, reading));
  }

  private begin(key: string, reading: Reading<T>): Observable<T> {
    const changes = new Observable<T>((watchers) => {
      const unwatched = new AbortController();
      this.read(reading, watchers, unwatched.signal).catch((error: unknown) => watchers.error(error));
      return () => unwatched.abort();
    });
    const shared = changes.pipe(
      finalize(() => this.watched.delete(key)),
      share({ connector: () => new ReplaySubject(1) }),
    );
    this.watched.set(key, shared);
    return shared;
  }

  private async read(
    { read, pauseMs, isLast = () => false }: Reading<T>,
    watchers: Subscriber<T>,
    signal: AbortSignal,
  ): Promise<void> {
    for (let last: T | undefined; !signal.aborted;) {
      const seen = await read();
      if (!isDeepStrictEqual(seen, last)) watchers.next(seen);
      if (isLast(seen)) return watchers.complete();
      last = seen;
      await this.clock.sleep(pauseMs(seen), signal);
    }
  }
}
