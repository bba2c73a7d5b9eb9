import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { IncomingMessage } from 'node:http';

/** The routes whose bodies we read ourselves: a file's text, and a delivery of GitLab. */
const OURS: Readonly<Record<string, RegExp>> = {
  PUT: /\/orgs\/[^/]+\/context\/files\/[^?]/,
  POST: /\/webhooks\/gitlab\/[^/?]+\/?(?:\?|$)/,
};

/** The types that were taken off, until we read the body. */
const types = new WeakMap<IncomingMessage, string>();

/**
 * Keeps the host's body parsers from our routes with raw bodies: takes the content type off such a request before any
 * parser sees it, so that none knows what to parse. Nest makes providers before it registers its own parsers.
 */
@Injectable()
export class HiddenBodies {
  constructor(@Inject(HttpAdapterHost) { httpAdapter }: HttpAdapterHost) {
    if (httpAdapter?.getType() !== 'express') return;
    httpAdapter.use((request: IncomingMessage, _: unknown, next: () => void) => {
      if (OURS[request.method ?? '']?.test(request.url ?? '')) hideBody(request);
      next();
    });
  }
}

function hideBody(request: IncomingMessage): void {
  const type = request.headers['content-type'];
  if (type === undefined) return;
  types.set(request, type);
  delete request.headers['content-type'];
}

/** Returns the type of the body as it was sent. */
export const contentTypeOf = (request: IncomingMessage): string | undefined =>
  types.get(request) ?? request.headers['content-type'];

export function unhideBody(request: IncomingMessage): void {
  const type = contentTypeOf(request);
  if (type !== undefined) request.headers['content-type'] = type;
}
