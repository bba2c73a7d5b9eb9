import type { Readable } from 'node:stream';

export class AnswerTimeout extends Error {
  readonly code = 'EANSWERTIMEOUT';
  constructor(readonly ms: number) {
    super(`no complete answer within ${ms / 1000} s`);
  }
}

export class AnswerTooLarge extends Error {
  readonly code = 'EANSWERTOOLARGE';
  constructor(
    readonly limit: number,
    unit?: string,
  ) {
    super(unit ? `the answer has more than ${limit} ${unit}` : `the answer is longer than ${limit} bytes`);
  }
}

/** Ends a request when its time is up, even if bytes still drip in, or when the caller's signal aborts. */
export class Deadline {
  private readonly controller = new AbortController();
  private readonly onAbort = () => this.end(this.caller?.reason);
  private timer: NodeJS.Timeout;
  /** The reason why the request was ended, if it was. */
  reason: unknown;

  constructor(
    private readonly ms: number,
    private readonly caller?: AbortSignal,
  ) {
    this.start();
    caller?.addEventListener('abort', this.onAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /**
   * Yields the body chunk by chunk. Each chunk has the full time to arrive, and the time that the reader takes does
   * not count.
   */
  async *pace(body: Readable): AsyncGenerator<Buffer> {
    try {
      this.start();
      for await (const chunk of body as AsyncIterable<Buffer>) {
        clearTimeout(this.timer);
        yield chunk;
        this.start();
      }
    } catch (error) {
      throw this.reason ?? error;
    } finally {
      this.clear();
      body.destroy();
    }
  }

  clear(): void {
    clearTimeout(this.timer);
    this.caller?.removeEventListener('abort', this.onAbort);
  }

  private start(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.end(new AnswerTimeout(this.ms)), this.ms);
  }

  private end(reason: unknown): void {
    this.reason ??= reason;
    this.controller.abort(reason);
  }
}

/** Collects a body. `onChunk` may refuse it as well. @throws AnswerTooLarge as soon as `limit` is exceeded */
export async function collect(
  body: AsyncIterable<unknown>,
  limit: number,
  onChunk?: (chunk: Buffer) => void,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new AnswerTooLarge(limit);
    onChunk?.(chunk);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** Collects the beginning of a body and drops the rest. */
export async function collectStart(body: AsyncIterable<unknown>, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= limit) break;
  }
  return Buffer.concat(chunks, size).subarray(0, limit);
}
