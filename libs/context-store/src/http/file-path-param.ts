import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/** The file's path in the route's path, slashes and all: Express hands a wildcard over as decoded segments. */
export const FilePathParam = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  [context.switchToHttp().getRequest<Request>().params.path].flat().join('/'),
);
