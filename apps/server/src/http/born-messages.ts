import { IncomingMessage, ServerResponse, type ServerOptions } from 'node:http';

/** The part of an Express application that is needed: the prototypes it gives to each request and answer. */
interface Site {
  request: object;
  response: object;
}

/**
 * Requests and answers that have the prototypes of `site` from the start. Express gives them to each as it comes in, after which V8
 * makes a hidden class of its own for every field that is set on it: 12 kB of every request that only a major collection takes away.
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
