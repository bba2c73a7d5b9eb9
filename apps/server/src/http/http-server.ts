import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';

/** How long the server waits for a client, in milliseconds. What the server itself takes its time for is not counted. */
export class TimeoutSettings {
  /** For the head of a request. */
  readonly headMs: number = 15_000;
  /** For all of a request: room for 16 MiB over a slow line. */
  readonly requestMs: number = 120_000;
  /** For any progress in taking an answer that is complete. Event streams have no such end. */
  readonly answerMs: number = 60_000;
  /** For the next request on a connection: longer than the proxies in front keep theirs. */
  readonly idleMs: number = 65_000;
  /** Between two looks at who is late. */
  readonly checkEveryMs: number = 5_000;

  constructor(timeouts: Partial<TimeoutSettings> = {}) {
    Object.assign(this, timeouts);
  }
}

/**
 * Hangs up on clients that are slower than that, so that they hold no connection for long; once it is closed, on each that has its
 * answer: Node would wait for their next request.
 */
export function httpServer(
  answer: RequestListener,
  timeouts: TimeoutSettings,
  messages: ServerOptions = {},
): Server {
  const { headMs, requestMs, answerMs, idleMs, checkEveryMs: lookMs } = timeouts;
  const server = createServer({
    ...messages,
    headersTimeout: headMs,
    requestTimeout: requestMs,
    keepAliveTimeout: idleMs,
    connectionsCheckingInterval: lookMs,
  });
  return server.on('request', (request, response) => {
    response.once('prefinish', () => request.socket.setTimeout(answerMs));
    response.once('close', () => {
      if (!server.listening) request.socket.end();
    });
    answer(request, response);
  });
}
