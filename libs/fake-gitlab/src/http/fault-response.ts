import type { Fault } from '../instance/faults';
import type { Answer } from './response';
import { allowanceHeaders, THROTTLE, type Allowance } from './throttle';

const TOO_MANY = 'This endpoint has been requested too many times. Try again later.';
const LOST_RACE: Answer = {
  status: 400,
  body: { message: '9:reference update: reference does not point to expected object.' },
};

/** What a fault answers in place of GitLab proper (docs/gitlab-api.md#throttling-and-outages); nothing where it only disturbs the way. */
export function faultResponse(fault: Fault | undefined, now: Date, contentType: string): Answer | undefined {
  if (fault?.kind === 'rate-limit') return rateLimited(fault, now);
  if (fault?.kind === 'server-error') return serverError(fault);
  if (fault?.kind === 'maintenance') return maintenance(contentType);
  if (fault?.kind === 'lost-race') return LOST_RACE;
  return undefined;
}

function rateLimited(fault: Fault & { kind: 'rate-limit' }, now: Date): Answer {
  if (fault.style === 'rack-attack') return rackAttack(fault, now);
  return { status: 429, body: { message: { error: TOO_MANY } } };
}

function rackAttack({ retryAfterSeconds = 60 }: Fault & { kind: 'rate-limit' }, now: Date): Answer {
  const reset = new Date(now.getTime() + retryAfterSeconds * 1000);
  return tooManyRequests({ limit: 2000, observed: 2001, reset }, retryAfterSeconds);
}

/** Returns the answer of Rack::Attack. Unlike other answers, it carries both the name and the date. */
export function tooManyRequests(allowance: Allowance, retryAfterSeconds: number): Answer {
  const headers = {
    ...allowanceHeaders(allowance),
    'ratelimit-name': THROTTLE,
    'ratelimit-resettime': allowance.reset.toUTCString(),
    'retry-after': String(retryAfterSeconds),
  };
  return { status: 429, headers, body: 'Retry later\n' };
}

function serverError({ status, body, retryAfterSeconds }: Fault & { kind: 'server-error' }): Answer {
  const wait: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  if (body === 'html')
    return {
      status,
      headers: { ...wait, 'content-type': 'text/html' },
      body: `<html><head><title>${status}</title></head><body><center>nginx</center></body></html>\n`,
    };
  const message =
    status === 503
      ? 'Upstream Gitaly has been exhausted. Try again later'
      : `${status} ${status === 500 ? 'Internal Server Error' : 'Gateway Error'}`;
  return { status, headers: wait, body: { message } };
}

/** A request that does not say it is JSON is taken for a browser's and sent away. */
function maintenance(contentType: string): Answer {
  if (!contentType.startsWith('application/json')) return { status: 302, headers: { location: '/' } };
  return { status: 503, body: { message: 'GitLab is undergoing maintenance' } };
}
