import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { encodeAnswer } from './response';
import type { Answer } from './response';
import type { Fault } from '../instance/faults';

/** One request and its response on the wire, with or without faults. */
export class Exchange {
  readonly method: string;
  readonly url: URL;
  /** The path below the server's base path; empty for a URL outside it. */
  readonly path: string;

  constructor(
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
    basePath: string,
  ) {
    this.method = request.method ?? 'GET';
    this.url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
    const { pathname } = this.url;
    this.path = pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : '';
  }

  header(name: string): string | undefined {
    const value = this.request.headers[name];
    return Array.isArray(value) ? value[0] : value;
  }

  body(): Promise<Buffer> {
    return buffer(this.request);
  }

  async send(answer: Answer, fault?: Fault): Promise<void> {
    const { bytes: encoded, headers } = encodeAnswer(answer);
    const disturbed = fault?.kind === 'truncated' || fault?.kind === 'slow-drip';
    const bytes = disturbed && encoded instanceof Readable ? await buffer(encoded) : encoded;
    const hasBody = answer.status !== 204 && answer.status !== 304;
    const length = hasBody && Buffer.isBuffer(bytes) ? { 'content-length': String(bytes.byteLength) } : {};
    this.response.writeHead(answer.status, {
      'x-request-id': randomUUID(),
      'cache-control': answer.status < 400 ? 'max-age=0, private, must-revalidate' : 'no-cache',
      ...headers,
      ...length,
    });
    if (this.method === 'HEAD' || !hasBody) return void this.response.end();
    if (bytes instanceof Readable) return this.stream(bytes);
    if (fault?.kind === 'truncated') return this.cutOff(bytes);
    if (fault?.kind === 'slow-drip') return this.drip(bytes, fault.bytes, fault.everyMs);
    this.response.end(bytes);
  }

  /** Breaks the connection without a response. */
  reset(): void {
    this.request.socket.resetAndDestroy();
  }

  /** A client may go before the end. */
  private async stream(body: Readable): Promise<void> {
    try {
      await pipeline(body, this.response);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
    }
  }

  private async cutOff(bytes: Buffer): Promise<void> {
    const half = bytes.subarray(0, Math.floor(bytes.byteLength / 2));
    await new Promise<void>((written) => this.response.write(half, () => written()));
    this.request.socket.destroy();
  }

  private async drip(bytes: Buffer, size: number, everyMs: number): Promise<void> {
    for (let start = 0; start < bytes.byteLength && !this.response.destroyed; start += size) {
      this.response.write(bytes.subarray(start, start + size));
      await pause(everyMs);
    }
    this.response.end();
  }
}
