import type { Response } from 'express';

interface Text {
  readonly path: string;
  readonly blob: string;
  readonly content: Buffer;
}

/** The exact bytes; Express answers 304 where the caller has them already. */
export function sendText(response: Response, { path, blob, content }: Text, cacheControl: string): void {
  const type = /\.ya?ml$/i.test(path) ? 'application/yaml' : 'text/markdown';
  response
    .set({ 'Content-Type': `${type}; charset=utf-8`, ETag: `"${blob}"`, 'Cache-Control': cacheControl })
    .send(content);
}
