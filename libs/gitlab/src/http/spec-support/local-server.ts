import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { orgId, Secret } from '@app/kernel';
import type { CallOptions } from '../../gitlab-connector.port';
import type { GitLab } from '../../gitlab.port';
import type { Repo } from '../../gitlab.types';
import { HttpGitLabConnector } from '../http-gitlab-connector';
import type { GitLabHttpSettings } from '../settings';

export interface ReceivedRequest {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly url: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

export type Handler = (request: ReceivedRequest, response: ServerResponse) => void;

/** Serves a spec's responses on this machine and records the requests. */
export class LocalServer {
  readonly received: ReceivedRequest[] = [];

  private constructor(private readonly server: Server) {}

  static async start(
    handler: Handler,
    create: (listener: RequestListener) => Server = createServer,
  ): Promise<LocalServer> {
    const server: LocalServer = new LocalServer(
      create((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          const url = new URL(request.url ?? '', 'http://localhost');
          const received = {
            method: request.method ?? '',
            url: request.url ?? '',
            path: url.pathname,
            query: url.searchParams,
            headers: request.headers,
            text: Buffer.concat(chunks).toString(),
          };
          server.received.push(received);
          handler(received, response);
        });
      }),
    );
    await new Promise<void>((listening) => server.server.listen(0, '127.0.0.1', listening));
    return server;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise((done) => this.server.close(done));
    this.server.closeAllConnections();
    await closed;
  }
}

export function json(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

export const repo: Repo = { projectId: 7, pathWithNamespace: 'team/docs', branch: 'main' };

/** Opens the adapter with production settings, except that it may reach this machine. */
export function gitlabAt(url: string, settings: GitLabHttpSettings = {}, options: CallOptions = {}): GitLab {
  const connector = new HttpGitLabConnector({
    allowPrivate: ['127.0.0.1'],
    retries: { firstPauseMs: 1 },
    ...settings,
  });
  return connector.open(
    { instanceUrl: url, token: new Secret('glpat-very-secret'), org: orgId('acme') },
    options,
  );
}

export function commitRow(id: string, more: object = {}): object {
  return {
    id,
    parent_ids: [],
    message: 'A change\n\nDot-Change-Id: 1',
    author_name: 'Ada',
    author_email: 'ada@example.com',
    authored_date: '2026-01-02T03:04:05.000+02:00',
    committed_date: '2026-01-02T03:04:06.000+02:00',
    ...more,
  };
}

/** Headers that gitlab.com sends with nearly every answer, refusals and outages included. */
export function allowance(given: { remaining: number; secondsToReset?: number }): Record<string, string> {
  const reset = Math.ceil(Date.now() / 1000) + (given.secondsToReset ?? 30);
  return {
    'ratelimit-limit': '2000',
    'ratelimit-name': 'throttle_authenticated_api',
    'ratelimit-observed': String(2000 - given.remaining),
    'ratelimit-remaining': String(given.remaining),
    'ratelimit-reset': String(reset),
  };
}
