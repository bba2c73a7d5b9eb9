import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';

/** Timeouts for clients, in milliseconds. The server's own working time does not count. */
export class TimeoutSettings {
  /** For the head of a request. */
  readonly headMs: number = 15_000;
  /** For all of a request: room for 16 MiB over a slow line. */
  readonly requestMs: number = 120_000;
  /** For any progress in receiving a complete response. Event streams never complete. */
  readonly answerMs: number = 60_000;
  /** For the next request on a connection; longer than the keep-alive of proxies in front. */
  readonly idleMs: number = 65_000;
  /** The interval between two checks for slow clients. */
  readonly checkEveryMs: number = 5_000;

  constructor(timeouts: Partial<TimeoutSettings> = {}) {
    Object.assign(this, timeouts);
  }
}

/**
 * Closes connections of clients that exceed the timeouts. After the server is closed, closes each connection once its
 * response is sent: Node would wait for the next request.
 */
export function httpServer(
  answer: RequestListener,
  timeouts: TimeoutSettings,
  messages: ServerOptions = {},
): Server {
  const { headMs, requestMs, answerMs, idleMs, checkEveryMs } = timeouts;
  const server = createServer({
    ...messages,
    headersTimeout: headMs,
    requestTimeout: requestMs,
    keepAliveTimeout: idleMs,
    connectionsCheckingInterval: checkEveryMs,
  });
  return server.on('request', (request, response) => {
    response.once('prefinish', () => request.socket.setTimeout(answerMs));
    response.once('close', () => {
      if (!server.listening) request.socket.end();
    });
    answer(request, response);
  });
}
