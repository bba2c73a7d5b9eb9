import { IncomingMessage, ServerResponse, type ServerOptions } from 'node:http';

/** The part of an Express application used here: the prototypes of its requests and responses. */
interface Site {
  request: object;
  response: object;
}

/**
 * Creates requests and responses with the prototypes of `site` from the start. Express otherwise sets them on each
 * request, and V8 then makes a new hidden class for every field. That costs 12 kB per request, which only a major
 * collection frees.
 */
export function bornMessages(
  site: Site,
): Required<Pick<ServerOptions, 'IncomingMessage' | 'ServerResponse'>> {
  class SiteRequest extends IncomingMessage {}
  class SiteResponse<Asked extends IncomingMessage> extends ServerResponse<Asked> {}
  Object.setPrototypeOf(SiteRequest.prototype, site.request);
  Object.setPrototypeOf(SiteResponse.prototype, site.response);
  site.request = SiteRequest.prototype;
  site.response = SiteResponse.prototype;
  return { IncomingMessage: SiteRequest, ServerResponse: SiteResponse };
}
