import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Precondition } from '../application/edit-files';

/** Reads `If-Match` and `If-None-Match: *` of an edit. The comparison is strong: a weak tag matches nothing. */
export function preconditionOf(headers: {
  readonly 'if-match'?: string;
  readonly 'if-none-match'?: string;
}): Precondition | undefined {
  if (headers['if-none-match']?.trim() === '*') return 'absent';
  const ifMatch = headers['if-match'];
  if (ifMatch === undefined) return undefined;
  if (ifMatch.trim() === '*') return 'present';
  return ifMatch
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => !tag.startsWith('W/'))
    .map((tag) => tag.replace(/^"(.*)"$/, '$1'));
}

export const EditPrecondition = createParamDecorator((_: unknown, context: ExecutionContext) =>
  preconditionOf(context.switchToHttp().getRequest<Request>().headers),
);
