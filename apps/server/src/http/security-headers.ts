import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';

type Directives = Record<string, readonly string[]>;

const CLOSED: Directives = {
  defaultSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

/** The settings page: no inline script or style, and no text that becomes a script. */
const PANEL: Directives = {
  ...CLOSED,
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  connectSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  requireTrustedTypesFor: ["'script'"],
  trustedTypes: ["'none'"],
};

/** Swagger UI sets styles inline. */
const DOCS: Directives = {
  ...CLOSED,
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
};

/** Everything a page needs comes from here. Plain http stays plain: TLS ends at a proxy, and there is none on a laptop. */
export function securityHeaders() {
  const [panel, docs, others] = [PANEL, DOCS, CLOSED].map((directives) =>
    helmet({ contentSecurityPolicy: { useDefaults: false, directives } }),
  );
  return (request: Request, response: Response, next: NextFunction): void => {
    if (/^\/panel(\/|$)/i.test(request.path)) return panel(request, response, next);
    if (/^\/docs(\/|$)/i.test(request.path)) return docs(request, response, next);
    others(request, response, next);
  };
}
