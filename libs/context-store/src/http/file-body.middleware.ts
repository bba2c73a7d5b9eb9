import { Injectable, type NestMiddleware } from '@nestjs/common';
import { raw, type NextFunction, type Request, type Response } from 'express';
import { ContextStoreSettings } from '../application/context-store.settings';
import { ContentInvalid, FileBodyNotText } from '../domain/context-store.errors';

/** Bodies that wrap a text in another format: stored as they are, they would be another text. */
const WRAPPED = /^\s*(?:[\w.+-]+\/(?:[\w.+-]+\+)?json|multipart\/)/i;

/** Reads the body of a file as the exact bytes that were sent, whatever its text type. */
@Injectable()
export class FileBody implements NestMiddleware {
  private readonly parse: ReturnType<typeof raw>;

  constructor(private readonly settings: ContextStoreSettings) {
    this.parse = raw({ type: () => true, limit: settings.maxFileBytes });
  }

  use(request: Request, response: Response, next: NextFunction): void {
    if (request.method === 'PUT' && WRAPPED.test(request.headers['content-type'] ?? ''))
      return next(new FileBodyNotText());
    this.parse(request, response, (error?: unknown) => next(isTooLarge(error) ? this.tooLarge() : error));
  }

  private tooLarge(): ContentInvalid {
    return new ContentInvalid(
      'The file',
      `more than the limit of ${this.settings.maxFileBytes} bytes; split it`,
    );
  }
}

function isTooLarge(error: unknown): boolean {
  return (error as { type?: unknown } | undefined)?.type === 'entity.too.large';
}
