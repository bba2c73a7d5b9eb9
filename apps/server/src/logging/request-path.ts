import { inert } from '@app/kernel';
import { redact } from './redact';

/** The id of a webhook endpoint is known to its org alone. */
const ENDPOINT = /^(\/webhooks\/gitlab\/[\w-]{4})[\w-]+/;
/** Letters and signs, which any client may write as escapes. */
const ESCAPED = /%[2-7][\da-f]/gi;

/** Returns the path of a request as the log may hold it: without query, endpoint id and credentials, whatever is escaped in it. */
export function loggedPath(url: string): string {
  const path = inert(url.split('?', 1)[0].replace(ENDPOINT, '$1…'));
  const plain = path.replace(ESCAPED, (escape) => String.fromCharCode(parseInt(escape.slice(1), 16)));
  const safe = redact(plain);
  return safe === plain ? path : inert(safe);
}
