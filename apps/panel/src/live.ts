import { signal, type Signal } from '@preact/signals';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { Fault, type Api } from './api';
import type { Status } from './contract';

const SYNCING_MS = 2_000;
const REST_MS = 15_000;
const AWAY_AFTER_MS = 30_000;
const LONGEST_WAIT_MS = 30_000;
/** Time to wait for a status from the stream. Some networks buffer streams; after this time the status is polled. */
const STREAM_PATIENCE_MS = 5_000;
/** Polling interval beside an open stream, because a stream can end without an error. */
const BESIDE_STREAM_MS = 60_000;
/** Polling interval while a read and the stream differ: the stream repeats no status that it has already sent. */
const DIFFERING_MS = 2_000;
const AFTER_STREAM_MS = 1_000;

/**
 * Follows the status of the sync: by the event stream if there is one, otherwise by polling. Reads nothing while the tab is hidden.
 * Increases the interval while the server does not respond.
 */
export class Live {
  readonly status: Signal<Status | null> = signal(null);
  readonly access: Signal<'ok' | 'signed-out' | 'forbidden'> = signal('ok');
  readonly state: Signal<'fresh' | 'stale' | 'offline'> = signal('fresh');
  readonly seenAt: Signal<string | null> = signal(null);
  private readonly over = new AbortController();
  private stream: AbortController | null = null;
  private streaming = false;
  /** The last status of the open stream, as text. */
  private streamed: string | null = null;
  private canStream = true;
  private timer = 0;
  private failures = 0;
  private answeredAt = Date.now();
  private asked: Promise<void> | null = null;

  constructor(private readonly api: Api) {}

  start(): void {
    const { signal } = this.over;
    addEventListener('online', () => this.wake(), { signal });
    addEventListener('offline', () => this.wentOffline(), { signal });
    document.addEventListener('visibilitychange', () => (document.hidden ? this.pause() : this.wake()), {
      signal,
    });
    this.wake();
  }

  stop(): void {
    this.over.abort();
    this.pause();
  }

  /** Reads the status now. If a read is already running, waits for it and then reads again. */
  async refresh(): Promise<void> {
    await this.asked;
    await this.poll();
  }

  private wake(): void {
    if (this.over.signal.aborted || document.hidden) return;
    if (!navigator.onLine) return this.wentOffline();
    void this.poll();
  }

  private pause(): void {
    clearTimeout(this.timer);
    this.stream?.abort();
    this.streaming = false;
  }

  private wentOffline(): void {
    this.pause();
    this.state.value = 'offline';
  }

  private async poll(): Promise<void> {
    clearTimeout(this.timer);
    await (this.asked ??= this.read().finally(() => (this.asked = null)));
    if (this.over.signal.aborted || document.hidden || this.access.value !== 'ok' || !navigator.onLine)
      return;
    if (this.canStream && !this.streaming && this.failures === 0) void this.follow();
    this.next(this.restMs());
  }

  private next(waitMs: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.poll(), waitMs);
  }

  private restMs(): number {
    if (this.failures) return Math.min(1_000 * 2 ** this.failures, LONGEST_WAIT_MS);
    if (this.streaming) return this.differs() ? DIFFERING_MS : BESIDE_STREAM_MS;
    return this.status.value?.health === 'syncing' ? SYNCING_MS : REST_MS;
  }

  private differs(): boolean {
    return this.streamed !== null && this.streamed !== JSON.stringify(this.status.value);
  }

  private async read(): Promise<void> {
    const { client, path } = this.api;
    try {
      const asked = client.GET('/api/v1/orgs/{org}/gitlab', { params: { path } });
      this.heard(await this.api.take(asked));
    } catch (error) {
      this.refused(error);
    }
  }

  private heard(status: Status): void {
    if (this.over.signal.aborted) return;
    this.failures = 0;
    this.answeredAt = Date.now();
    this.seenAt.value = new Date(this.answeredAt).toISOString();
    this.state.value = 'fresh';
    this.access.value = 'ok';
    this.status.value = status;
  }

  private refused(error: unknown): void {
    if (this.over.signal.aborted) return;
    if (error instanceof Fault && error.status === 401) this.access.value = 'signed-out';
    else if (error instanceof Fault && error.status === 403) this.access.value = 'forbidden';
    else {
      this.failures++;
      if (!navigator.onLine) this.state.value = 'offline';
      else if (!this.status.value || Date.now() - this.answeredAt >= AWAY_AFTER_MS)
        this.state.value = 'stale';
    }
    if (this.access.value !== 'ok') this.pause();
  }

  /** Follows the event stream while there is one; polls otherwise. */
  private async follow(): Promise<void> {
    const stream = (this.stream = new AbortController());
    const patience = setTimeout(() => {
      this.canStream = false;
      stream.abort();
    }, STREAM_PATIENCE_MS);
    this.streaming = true;
    this.streamed = null;
    try {
      const bytes = await this.api.events(AbortSignal.any([stream.signal, this.over.signal]));
      const events = bytes
        .pipeThrough(new TextDecoderStream() as never)
        .pipeThrough(new EventSourceParserStream());
      for await (const { event, data } of events as unknown as AsyncIterable<{
        event?: string;
        data: string;
      }>) {
        clearTimeout(patience);
        if (event !== 'status') continue;
        this.heard(JSON.parse(data) as Status);
        this.streamed = data;
      }
    } catch (error) {
      if (error instanceof Fault && error.status !== 0 && error.status < 500) this.canStream = false;
    } finally {
      clearTimeout(patience);
      if (this.stream === stream) {
        this.streaming = false;
        const goesOn = !this.over.signal.aborted && !document.hidden && navigator.onLine;
        if (goesOn) this.next(this.canStream ? AFTER_STREAM_MS : this.restMs());
      }
    }
  }
}
