import { raw, type Request, type Response } from 'express';
import type { Readable } from 'node:stream';
import { DomainError } from '@app/kernel';
import { unhideBody } from './hidden-bodies';

/** A body that a parser of the host has kept as it was sent. */
interface Kept {
  readonly rawBody?: unknown;
  readonly body?: unknown;
}

/**
 * Returns the bytes of the body exactly as they were sent, decompressed. @throws BodyAlreadyParsed if a parser of the
 * host has consumed them; body-parser's error beyond `limit`
 */
export async function rawBody(request: Request, response: Response, limit: number): Promise<Buffer> {
  unhideBody(request);
  if (!request.readableDidRead) await read(request, response, limit);
  return keptBody(request) ?? Buffer.alloc(0);
}

/** Returns the body as a stream that nothing has read, or the bytes that the host has kept. @throws BodyAlreadyParsed */
export function bodyAsSent(request: Request): Readable | Buffer {
  unhideBody(request);
  return request.readableDidRead ? (keptBody(request) ?? Buffer.alloc(0)) : request;
}

function keptBody(request: Request): Buffer | null {
  const { rawBody: sent, body } = request as Kept;
  for (const kept of [sent, body]) if (Buffer.isBuffer(kept)) return kept;
  if (declaresBytes(request)) throw new BodyAlreadyParsed();
  return null;
}

function read(request: Request, response: Response, limit: number): Promise<void> {
  return new Promise((resolve, reject) =>
    raw({ type: () => true, limit })(request, response, (error?: unknown) =>
      error ? reject(error as Error) : resolve(),
    ),
  );
}

const declaresBytes = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** A parser of the host has changed the bytes before we could read them; to store the result would store another text. */
export class BodyAlreadyParsed extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'unsupported_media_type';
  constructor() {
    super(
      'The application parsed the body before GitLab Sync could read its bytes. Let no parser of the application read ' +
        'this route, or create the application with rawBody: true.',
    );
  }
}
