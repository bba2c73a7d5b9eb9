import {
  Injectable,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { readJson, ValidationFailed, type ParseLimit } from '@app/http';
import { MOST_OPERATIONS } from '../domain/change-limits';
import { TooManyOperations } from '../domain/context-store.errors';

const MIB = 1024 * 1024;

/** Most bytes of a change in JSON. */
export const MOST_CHANGE_BYTES = 16 * MIB;
/** Most bytes of one operation: a text of 1 MiB, most of it escaped. */
const OPERATION_BYTES = 4 * MIB;

const FIELDS = new Set(['op', 'path', 'content', 'from']);
const EXPECTED = 'must be an object of the texts op and path, content for a put, from for a move';
/** Most wrong operations that the validation describes one by one. */
const MOST_DESCRIBED = 20;

const LIMITS = {
  bytes: MOST_CHANGE_BYTES,
  pieceBytes: OPERATION_BYTES,
  depth: 8,
  items: MOST_OPERATIONS,
  values: 10 * MOST_OPERATIONS,
};

@Injectable()
class ReadChangesBody implements NestInterceptor {
  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    await readJson(request, http.getResponse<Response>(), LIMITS, refusal);
    const error = refusalOf(request.body);
    if (error) throw error;
    return next.handle();
  }
}

/**
 * Reads the body of a change, unless the host's parser has read it, and refuses impossible bodies before any code
 * walks them.
 */
export const LargeJsonBody = () => UseInterceptors(ReadChangesBody);

function refusal(limit: ParseLimit): Error | undefined {
  return limit === 'items' ? new TooManyOperations(`more than ${MOST_OPERATIONS} operations`) : undefined;
}

/**
 * Checks what a host's own parser may have accepted, so that the validation does not describe thousands of errors.
 */
function refusalOf(body: unknown): Error | undefined {
  const { changes } = (body ?? {}) as { changes?: unknown };
  if (!Array.isArray(changes)) return undefined;
  if (changes.length > MOST_OPERATIONS) return refusal('items');
  const wrong = [...changes.keys()].filter((index) => !looksRight(changes[index]));
  if (wrong.length <= MOST_DESCRIBED) return undefined;
  return new ValidationFailed(wrong.map((index) => ({ field: `changes.${index}`, detail: EXPECTED })));
}

/** Returns whether the operation has the right fields, of the right types, and no others. */
function looksRight(operation: unknown): boolean {
  if (typeof operation !== 'object' || operation === null) return false;
  return Object.entries(operation).every(([key, value]) => FIELDS.has(key) && typeof value === 'string');
}
