import type { Response } from 'express';
import { fileTypeOf } from '@app/kernel';

interface Text {
  readonly path: string;
  readonly blob: string;
  readonly content: Buffer;
}

/** Sends the exact bytes; Express answers 304 if the caller already has them. */
export function sendText(response: Response, { path, blob, content }: Text, cacheControl: string): void {
  const type = fileTypeOf(path)?.mediaType ?? 'text/plain';
  response
    .set({ 'Content-Type': `${type}; charset=utf-8`, ETag: `"${blob}"`, 'Cache-Control': cacheControl })
    .send(content);
}
