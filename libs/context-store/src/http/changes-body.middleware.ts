import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { jsonBody, type ParseLimit } from '@app/http';
import { MOST_OPERATIONS } from '../domain/change-limits';
import { TooManyOperations } from '../domain/context-store.errors';

const MIB = 1024 * 1024;

/** All of a change, as JSON. */
export const MOST_CHANGE_BYTES = 16 * MIB;
/** One operation: a text of 1 MiB, most of which is escaped. */
const OPERATION_BYTES = 4 * MIB;

const LIMITS = {
  bytes: MOST_CHANGE_BYTES,
  pieceBytes: OPERATION_BYTES,
  depth: 8,
  items: MOST_OPERATIONS,
  values: 10 * MOST_OPERATIONS,
};

/** Reads the body of a change, unless the host's parser did, and refuses what no change can be before anything walks it. */
@Injectable()
export class ChangesBodyParser implements NestMiddleware {
  private readonly parse = jsonBody(LIMITS, refusal);

  use(request: Request, response: Response, next: NextFunction): void {
    this.parse(request, response, (error?: unknown) => next(error ?? tooMany(request.body)));
  }
}

function refusal(limit: ParseLimit): Error | undefined {
  return limit === 'items' ? new TooManyOperations(`more than ${MOST_OPERATIONS} operations`) : undefined;
}

/** What a host's own parser let through. */
function tooMany(body: unknown): Error | undefined {
  const { changes } = (body ?? {}) as { changes?: unknown };
  return Array.isArray(changes) && changes.length > MOST_OPERATIONS ? refusal('items') : undefined;
}
