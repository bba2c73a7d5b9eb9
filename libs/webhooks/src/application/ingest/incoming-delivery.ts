import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { IncomingDelivery } from './ingest-delivery';

/** The headers as Node gives them, with names in lower case. */
export type DeliveryHeaders = IncomingHttpHeaders;

const LONGEST_EVENT = 100;
/** Limit of a key: longer ones are compared by their beginning. */
const LONGEST_KEY = 1_000;

/** Reads the headers of a delivery and leaves its body unread. */
export function incomingDelivery(
  endpointId: string,
  headers: DeliveryHeaders,
  body: Readable,
): IncomingDelivery {
  const header = (name: string) => headers[name] as string | undefined;
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
    body,
  };
}
