import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NextFunction } from 'express';
import type { Logger } from 'pino';
import type { AuthenticatedRequest } from '../auth/request-callers';
import { loggedPath } from './request-path';
import { redact } from './redact';

const PROBES = /^\/(health\/|metrics$)/;
const OWN_ID = /^[\w.-]{1,128}$/;

/**
 * Logs one line per request, with ids and without headers, bodies or queries; the response carries the request's id.
 * The code that answered logs the reason of a failure.
 */
export function requestLog(logger: Logger) {
  return (request: IncomingMessage, response: ServerResponse, next: NextFunction): void => {
    const [reqId, begun] = [idOf(request), performance.now()];
    response.setHeader('X-Request-Id', reqId);
    // A response closes once, be it complete or not.
    response.once('close', () => {
      const responseTime = Math.round(performance.now() - begun);
      const org = (request as AuthenticatedRequest).caller?.org;
      const path = pathOf(request);
      logger[levelOf(path, response)](
        { reqId, org, responseTime },
        `${request.method} ${path} ${outcomeOf(response)}`,
      );
    });
    next();
  };
}

function idOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  const usable = typeof given === 'string' && OWN_ID.test(given) && redact(given) === given;
  return usable ? given : randomUUID();
}

function levelOf(path: string, { statusCode }: ServerResponse) {
  if (PROBES.test(path)) return 'debug';
  if (statusCode === 503) return 'warn';
  return statusCode >= 500 ? 'error' : 'info';
}

/** The client may close the connection before there is a response. */
const outcomeOf = ({ headersSent, statusCode }: ServerResponse): number | string =>
  headersSent ? statusCode : 'aborted';

const pathOf = (request: IncomingMessage & { originalUrl?: string }): string =>
  loggedPath(request.originalUrl ?? request.url ?? '');
