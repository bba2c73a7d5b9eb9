import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/** Reads the file's path from the route. Express splits a wildcard into decoded segments. */
export const FilePathParam = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  [context.switchToHttp().getRequest<Request>().params.path].flat().join('/'),
);
