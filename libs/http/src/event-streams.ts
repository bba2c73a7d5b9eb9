import type { OnModuleDestroy } from '@nestjs/common';
import { merge, NEVER, Observable, ReplaySubject, takeUntil } from 'rxjs';
import { DomainError, type Clock } from '@app/kernel';
import type { Caller } from './caller';

/** How many event streams one process holds open. */
export interface StreamLimits {
  readonly perOrg: number;
  readonly perCaller: number;
}

export const STREAM_LIMITS: StreamLimits = { perOrg: 50, perCaller: 10 };

/** Node's timers count no further than 24 days. */
const LONGEST_SLEEP_MS = 20 * 24 * 60 * 60 * 1000;

/** The event streams that are open in this process: counts them and ends them. Each route of Server-Sent Events opens its own here. */
export class EventStreams implements OnModuleDestroy {
  private readonly stopping = new ReplaySubject<void>(1);
  private readonly held = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly limits: StreamLimits = STREAM_LIMITS,
  ) {}

  onModuleDestroy(): void {
    this.stopping.next();
  }

  /**
   * Opens what `source` returns, until the caller's token ends or the process stops. The stream counts until `over` aborts, which Nest's
   * `@SseSignal()` does however the answer ends; a source that throws was never a stream. @throws TooManyStreams before `source` is asked
   */
  async open<T>(
    caller: Caller,
    over: AbortSignal,
    source: () => Promise<Observable<T>>,
  ): Promise<Observable<T>> {
    this.hold(caller, over);
    return (await source()).pipe(takeUntil(merge(this.stopping, this.endOf(caller))));
  }

  private hold(caller: Caller, over: AbortSignal): void {
    if (over.aborted) return;
    const { perOrg, perCaller } = this.limits;
    const org = caller.org ?? caller.role;
    const places = [`${org} ${caller.subject}`, org];
    if (this.count(places[0]) >= perCaller) throw new TooManyStreams(`You have ${perCaller} event streams`);
    if (this.count(places[1]) >= perOrg)
      throw new TooManyStreams(`Your organisation has ${perOrg} event streams`);
    for (const place of places) this.held.set(place, this.count(place) + 1);
    over.addEventListener('abort', () => places.forEach((place) => this.leave(place)), { once: true });
  }

  private leave(place: string): void {
    const left = this.count(place) - 1;
    if (left) this.held.set(place, left);
    else this.held.delete(place);
  }

  private count(place: string): number {
    return this.held.get(place) ?? 0;
  }

  private endOf({ expiresAt }: Caller): Observable<void> {
    if (!expiresAt) return NEVER;
    return new Observable((subscriber) => {
      const gone = new AbortController();
      void this.until(expiresAt, gone.signal).then(() => subscriber.next());
      return () => gone.abort();
    });
  }

  private async until(end: Date, signal: AbortSignal): Promise<void> {
    const left = () => end.getTime() - this.clock.now().getTime();
    while (!signal.aborted && left() > 0) await this.clock.sleep(Math.min(left(), LONGEST_SLEEP_MS), signal);
  }
}

export class TooManyStreams extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'too_many_streams';
  constructor(held: string) {
    super(
      `${held} open, which is all there may be at a time. Close one of them, or ask with an ordinary GET instead.`,
    );
  }
}
