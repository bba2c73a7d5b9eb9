import type { NextFunction, Request, Response } from 'express';

/** Response headers that scripts of the named origins may read, besides those that browsers always show. */
const EXPOSED = ['Date', 'ETag', 'Retry-After', 'X-Context-Revision', 'X-Request-Id'].join(', ');
const ALLOWED_HEADERS = ['Authorization', 'Content-Type', 'If-Match', 'If-None-Match', 'Last-Event-ID'].join(
  ', ',
);
const ALLOWED_METHODS = 'GET, PUT, POST, PATCH, DELETE';
const PREFLIGHT_SECONDS = '600';

/**
 * Lets pages of the named origins call the API and load the settings page's element. Answers each preflight itself, since browsers send
 * none of the page's headers with it. Callers bring bearer tokens; cookies are never used.
 */
export function cors(origins: readonly string[]) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const { origin } = request.headers;
    response.vary('Origin');
    const known = origin !== undefined && origins.includes(origin);
    if (known)
      response.set({ 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': EXPOSED });
    if (!isPreflight(request)) return next();
    if (known) {
      response.set({
        'Access-Control-Allow-Methods': ALLOWED_METHODS,
        'Access-Control-Allow-Headers': ALLOWED_HEADERS,
        'Access-Control-Max-Age': PREFLIGHT_SECONDS,
      });
    }
    response.status(204).end();
  };
}

const isPreflight = ({ method, headers }: Request): boolean =>
  method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
