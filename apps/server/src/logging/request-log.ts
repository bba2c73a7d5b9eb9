import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import type { AuthenticatedRequest } from '../auth/request-callers';
import { loggedPath } from './request-path';
import { redact } from './redact';

const PROBES = /^\/(health\/|metrics$)/;
const OWN_ID = /^[\w.-]{1,128}$/;

/**
 * Logs one line per request, with ids and without headers, bodies or queries; the response carries the request's id.
 * The code that answered logs the reason of a failure: here there is only an error that pino-http makes up.
 */
export function requestLog(logger: Logger) {
  return pinoHttp({
    logger,
    quietReqLogger: true,
    genReqId: (request, response) => {
      const given = request.headers['x-request-id'];
      const usable = typeof given === 'string' && OWN_ID.test(given) && redact(given) === given;
      const id = usable ? given : randomUUID();
      response.setHeader('X-Request-Id', id);
      return id;
    },
    customLogLevel: levelOf,
    customSuccessMessage: messageOf,
    customErrorMessage: messageOf,
    customSuccessObject: withOrg,
    customErrorObject: (request, response, _, line: object) =>
      withOrg(request, response, { ...line, err: undefined }),
    serializers: { req: () => undefined, res: () => undefined },
  });
}

function withOrg(request: IncomingMessage, _response: ServerResponse, line: object): object {
  return { ...line, org: (request as AuthenticatedRequest).caller?.org };
}

function levelOf(request: IncomingMessage, response: ServerResponse) {
  if (PROBES.test(pathOf(request))) return 'debug';
  if (response.statusCode === 503) return 'warn';
  return response.statusCode >= 500 ? 'error' : 'info';
}

/** The client may close the connection before there is a response. */
function messageOf(request: IncomingMessage, { headersSent, statusCode }: ServerResponse): string {
  return `${request.method} ${pathOf(request)} ${headersSent ? statusCode : 'aborted'}`;
}

function pathOf(request: IncomingMessage & { originalUrl?: string }): string {
  return loggedPath(request.originalUrl ?? request.url ?? '');
}
