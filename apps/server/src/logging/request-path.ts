import { inert } from '@app/gitlab-sync';
import { redact } from './redact';

/** Only its org knows the id of a webhook endpoint. */
const ENDPOINT = /^(\/webhooks\/gitlab\/[\w-]{4})[\w-]+/;
/** Letters and signs that a client may write as escapes. */
const ESCAPED = /%[2-7][\da-f]/gi;

/**
 * Returns the path of a request for the log: without query, endpoint id and credentials, even if they are escaped.
 */
export function loggedPath(url: string): string {
  const path = inert(url.split('?', 1)[0].replace(ENDPOINT, '$1…'));
  const plain = path.replace(ESCAPED, (escape) => String.fromCharCode(parseInt(escape.slice(1), 16)));
  const safe = redact(plain);
  return safe === plain ? path : inert(safe);
}
