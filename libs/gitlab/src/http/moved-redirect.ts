import { REST } from './api-path';
import { basePathOf } from './instance-url';
import type { Answer } from './transport/response';
import type { Call } from './transport/transport';

/**
 * Returns the call that the redirect of a moved project asks for (docs/gitlab-api.md#get-a-project); null for any other
 * answer, and for a redirect that leaves the instance.
 */
export function movedCall(call: Call, { status, headers }: Answer, instanceUrl: string): Call | null {
  const { location } = headers;
  if (status !== 301 || call.method === 'POST' || !location || !URL.canParse(location, instanceUrl))
    return null;
  const target = new URL(location, instanceUrl);
  const base = basePathOf(instanceUrl);
  const staysHere =
    target.origin === new URL(instanceUrl).origin && target.pathname.startsWith(`${base}${REST}/projects/`);
  return staysHere ? { ...call, path: target.pathname.slice(base.length) + target.search } : null;
}
