import { addAbortSignal } from 'node:stream';
import type { Request } from 'express';
import type { IncomingDelivery } from '../application/receive-delivery';

/** GitLab itself gives up after ten seconds. */
const SLOWEST_BODY_MS = 30_000;

const LONGEST_EVENT = 100;

export function toDelivery(
  endpointId: string,
  request: Request,
  slowestBodyMs = SLOWEST_BODY_MS,
): IncomingDelivery {
  const header = (name: string) => request.header(name);
  return {
    endpointId,
    event: header('x-gitlab-event')?.slice(0, LONGEST_EVENT) ?? null,
    key: header('webhook-id') ?? header('idempotency-key') ?? null,
    proof: {
      token: header('x-gitlab-token'),
      id: header('webhook-id'),
      timestamp: header('webhook-timestamp'),
      signature: header('webhook-signature'),
    },
    declaredBytes: Number(header('content-length') ?? 0),
    body: bodyOf(request, slowestBodyMs),
  };
}

/**
 * Unread until it is wanted. Who stops halfway has the rest thrown away as it comes: senders that want to finish before they
 * read the answer get to see it.
 */
async function* bodyOf(request: Request, slowestMs: number): AsyncGenerator<Uint8Array> {
  addAbortSignal(AbortSignal.timeout(slowestMs), request);
  try {
    yield* request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  } finally {
    request.resume();
  }
}
