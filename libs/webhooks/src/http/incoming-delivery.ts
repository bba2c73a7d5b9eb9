import type { Request } from 'express';
import type { IncomingDelivery } from '../application/ingest/ingest-delivery';

const LONGEST_EVENT = 100;
/** Limit of a key: longer ones are compared by their beginning. */
const LONGEST_KEY = 1_000;

/** Maps the request and leaves its body unread. */
export function toDelivery(endpointId: string, request: Request): IncomingDelivery {
  const header = (name: string) => request.headers[name] as string | undefined;
  return {
    endpointId,
    event: header('x-gitlab-event')?.slice(0, LONGEST_EVENT) ?? null,
    key: (header('webhook-id') ?? header('idempotency-key'))?.slice(0, LONGEST_KEY) ?? null,
    proof: {
      token: header('x-gitlab-token'),
      id: header('webhook-id'),
      timestamp: header('webhook-timestamp'),
      signature: header('webhook-signature'),
    },
    declaredBytes: Number(header('content-length') ?? 0),
    body: request,
  };
}
