import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { encodeAnswer } from './response';
import type { Answer } from './response';
import type { Fault } from '../instance/faults';

/** One request and its answer on the wire, in good ways and bad. */
export class Exchange {
  readonly method: string;
  readonly url: URL;
  /** Of the URL, below the server's base path; empty for what lies beside it. */
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
    const { bytes, headers } = encodeAnswer(answer);
    const hasBody = answer.status !== 204 && answer.status !== 304;
    const length = hasBody ? { 'content-length': String(bytes.byteLength) } : {};
    this.response.writeHead(answer.status, {
      'x-request-id': randomUUID(),
      'cache-control': answer.status < 400 ? 'max-age=0, private, must-revalidate' : 'no-cache',
      ...headers,
      ...length,
    });
    if (this.method === 'HEAD' || !hasBody) return void this.response.end();
    if (fault?.kind === 'truncated') return this.cutOff(bytes);
    if (fault?.kind === 'slow-drip') return this.drip(bytes, fault.bytes, fault.everyMs);
    this.response.end(bytes);
  }

  /** The connection breaks without an answer. */
  reset(): void {
    this.request.socket.resetAndDestroy();
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
