import { isDeepStrictEqual } from 'node:util';
import { defer, finalize, Observable, ReplaySubject, share, type Subscriber } from 'rxjs';
import type { Clock } from './clock';

interface Reading<T> {
  readonly read: () => Promise<T>;
  /** How long to wait before the next look. */
  readonly pauseMs: (seen: T) => number;
  /** Whether nothing can follow; never, where absent. */
  readonly isLast?: (seen: T) => boolean;
}

/** Follows what any process may change by reading the database, which all share: one reader for each key, however many watch. */
export class SharedReader<T> {
  private readonly watched = new Map<string, Observable<T>>();

  constructor(private readonly clock: Clock) {}

  /** Emits what is read at once, and again whenever it is different. Fails when a read fails. */
  follow(key: string, reading: Reading<T>): Observable<T> {
    return defer(() => this.watched.get(key) ?? this.begin(key, reading));
  }

  private begin(key: string, reading: Reading<T>): Observable<T> {
    const changes = new Observable<T>((watchers) => {
      const nobody = new AbortController();
      this.read(reading, watchers, nobody.signal).catch((error: unknown) => watchers.error(error));
      return () => nobody.abort();
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
