import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FakeGitLabInstance } from '../instance/fake-gitlab-instance';
import { ApiServer } from './api-server';
import { sendOverHttp } from './delivery-sender';
import { Exchange } from './exchange';

export interface FakeGitLabServer {
  readonly url: string;
  /** Resolves when no connection is left. */
  close(): Promise<void>;
}

export interface ServerOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly host?: string;
  /** Everything is served below it, e.g. `/gitlab`; the rest of the host belongs to something else. */
  readonly basePath?: string;
  /** Told of what broke inside; by default it is printed. */
  readonly onError?: (error: unknown) => void;
}

/** Serves the instance over HTTP, webhooks included; its `url` becomes the server's. */
export async function startFakeGitLabServer(
  instance: FakeGitLabInstance,
  {
    port = 0,
    host = '127.0.0.1',
    basePath = '',
    onError = (error) => console.error(error),
  }: ServerOptions = {},
): Promise<FakeGitLabServer> {
  const api = new ApiServer(instance);
  const server = createServer((request, response) => {
    const exchange = new Exchange(request, response, basePath);
    api.handle(exchange).catch((error) => {
      onError(error);
      exchange.reset();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  instance.url = `http://${host}:${(server.address() as AddressInfo).port}${basePath}`;
  instance.deliveries.sendWith(sendOverHttp);
  return { url: instance.url, close: () => close() };

  async function close(): Promise<void> {
    await instance.deliveries.settled();
    instance.deliveries.sendWith(null);
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }
}
