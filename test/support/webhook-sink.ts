import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedPost {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Misbehaviour of a receiver. */
export type SinkFault = 'none' | 'refuses' | 'hangs' | 'resets' | 'redirects' | 'floods' | 'gone';

/** A receiver of webhooks and chat messages on this machine. */
export class WebhookSink {
  readonly received: ReceivedPost[] = [];
  /** Number of requests to the place that `redirects` names. */
  lured = 0;
  fault: SinkFault = 'none';
  private waiting: (() => void)[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<WebhookSink> {
    const sink: WebhookSink = new WebhookSink(
      createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          const { url: path = '', headers } = request;
          sink.take({ path, headers, text: Buffer.concat(chunks).toString() }, response);
        });
      }),
    );
    await new Promise<void>((listening) => sink.server.listen(0, '127.0.0.1', listening));
    return sink;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Resolves when so many requests have arrived in all. */
  async until(count: number): Promise<void> {
    while (this.received.length < count) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  async close(): Promise<void> {
    const closed = new Promise((done) => this.server.close(done));
    this.server.closeAllConnections();
    await closed;
  }

  private take(post: ReceivedPost, response: ServerResponse): void {
    if (post.path === '/lure') return void (this.lured++, response.end());
    this.received.push(post);
    this.answer(response);
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  private answer(response: ServerResponse): void {
    if (this.fault === 'hangs') return;
    if (this.fault === 'resets') return void response.socket?.destroy();
    if (this.fault === 'floods') return flood(response);
    if (this.fault === 'redirects') response.writeHead(307, { location: `${this.url}/lure` });
    if (this.fault === 'refuses') response.writeHead(500);
    if (this.fault === 'gone') response.writeHead(410);
    response.end('ok');
  }
}

/** Answers without an end, as long as someone reads. */
function flood(response: ServerResponse): void {
  response.writeHead(200);
  const chunk = Buffer.alloc(1 << 16, 'x');
  const more = (): void => {
    while (!response.destroyed && response.write(chunk)) continue;
  };
  response.on('drain', more);
  more();
}
