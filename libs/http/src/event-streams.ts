import type { MessageEvent, OnModuleDestroy } from '@nestjs/common';
import { merge, NEVER, Observable, ReplaySubject, takeUntil, type Subscriber } from 'rxjs';
import { DomainError, type Caller, type Clock } from '@app/kernel';

/** Limits the event streams that one process holds open. */
export interface StreamLimits {
  readonly perOrg: number;
  readonly perCaller: number;
}

export const STREAM_LIMITS: StreamLimits = { perOrg: 50, perCaller: 10 };

/** Proxies close connections that are idle for longer; the shortest usual limit is 30 seconds. */
const HEARTBEAT_MS = 25_000;

/** Node's timers run for at most 24 days. */
const LONGEST_SLEEP_MS = 20 * 24 * 60 * 60 * 1000;

/** Counts and ends the event streams of this process. Every route of Server-Sent Events opens its streams here. */
export class EventStreams implements OnModuleDestroy {
  private readonly stopping = new ReplaySubject<void>(1);
  private readonly held = new Map<string, number>();

  /** @internal */
  constructor(
    private readonly clock: Clock,
    private readonly limits: StreamLimits = STREAM_LIMITS,
  ) {}

  onModuleDestroy(): void {
    this.endAll();
  }

  /** Ends all streams, and each that is opened later. */
  endAll(): void {
    this.stopping.next();
  }

  /**
   * Opens the stream that `source` returns, until the caller's token expires or the process stops. Sends a comment from
   * time to time. Counts the stream until `over` aborts, even if `source` fails.
   * @throws TooManyStreams before it calls `source`
   */
  async open(
    caller: Caller,
    over: AbortSignal,
    source: () => Promise<Observable<MessageEvent>>,
  ): Promise<Observable<MessageEvent>> {
    this.hold(caller, over);
    const ended = merge(this.stopping, this.endOf(caller));
    return this.withHeartbeat(await source()).pipe(takeUntil(ended));
  }

  private withHeartbeat(events: Observable<MessageEvent>): Observable<MessageEvent> {
    return new Observable((subscriber) => {
      const gone = new AbortController();
      subscriber.add(() => gone.abort());
      void this.beat(subscriber, gone.signal);
      subscriber.add(events.subscribe(subscriber));
    });
  }

  private async beat(subscriber: Subscriber<MessageEvent>, gone: AbortSignal): Promise<void> {
    for (;;) {
      await this.clock.sleep(HEARTBEAT_MS, gone);
      if (gone.aborted) return;
      subscriber.next({ comment: 'keep-alive' });
    }
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
    super(`${held} open, which is the maximum. Close one of them, or poll with an ordinary GET instead.`);
  }
}
