import {
  Injectable,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { contentTypeOf, rawBody } from '@app/http';
import { ContextStoreSettings } from '../application/context-store.settings';
import { ContentInvalid, FileBodyNotText } from '../domain/context-store.errors';

/** Bodies that wrap a text in another format: stored as they are, they would be another text. */
const WRAPPED = /^\s*(?:[\w.+-]+\/(?:[\w.+-]+\+)?json|multipart\/)/i;

@Injectable()
class ReadFileBody implements NestInterceptor {
  constructor(private readonly settings: ContextStoreSettings) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<Request>();
    if (WRAPPED.test(contentTypeOf(request) ?? '')) throw new FileBodyNotText();
    request.body = await this.read(request, context.switchToHttp().getResponse<Response>());
    return next.handle();
  }

  private async read(request: Request, response: Response): Promise<Buffer> {
    const { maxFileBytes } = this.settings;
    try {
      return await rawBody(request, response, maxFileBytes);
    } catch (error) {
      if ((error as { type?: unknown }).type !== 'entity.too.large') throw error;
      throw new ContentInvalid('The file', `more than the limit of ${maxFileBytes} bytes; split it`);
    }
  }
}

/** Reads the body of a file as the exact bytes that were sent, whatever its text type. */
export const FileBody = () => UseInterceptors(ReadFileBody);
