import {
  Injectable,
  PayloadTooLargeException,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { DomainError } from '@app/kernel';
import { JsonLimitExceeded, parseJson, type ParseLimit, type ParseLimits } from './parse-json';
import { rawBody } from './raw-body';

export interface JsonBodyLimits extends ParseLimits {
  /** Bytes of the whole body, decompressed. */
  readonly bytes: number;
}

/** RFC 8259 requires UTF-8 for JSON. The limits could not be checked in other encodings. */
const OTHER_CHARSET = /;\s*charset\s*=(?!\s*"?utf-?8\b)/i;

/**
 * Reads a JSON body, unless a parser of the host has read it. Checks its size and shape before it parses it. `refusal`
 * returns the error of a limit that has a code of its own in the contract.
 * @throws CharsetUnsupported, JsonInvalid
 */
export async function readJson(
  request: Request,
  response: Response,
  limits: JsonBodyLimits,
  refusal: (limit: ParseLimit) => Error | undefined = () => undefined,
): Promise<void> {
  if (request.readableDidRead || !request.is('application/json')) return;
  if (OTHER_CHARSET.test(request.headers['content-type'] ?? '')) throw new CharsetUnsupported();
  const bytes = await rawBody(request, response, limits.bytes);
  try {
    const body = bytes.length ? await parseJson(bytes, limits) : {};
    if (typeof body !== 'object' || body === null) throw new JsonInvalid('The body is not a JSON object');
    request.body = body;
  } catch (error) {
    throw translate(error, limits, refusal);
  }
}

/** More than any body needs: a project's 100 directories are the largest. */
const LIMITS = { bytes: 256 * 1024, pieceBytes: 256 * 1024, depth: 8, items: 500, values: 1_000 };

@Injectable()
class ReadJsonBody implements NestInterceptor {
  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    await readJson(http.getRequest<Request>(), http.getResponse<Response>(), LIMITS);
    return next.handle();
  }
}

/** Reads the JSON body of a route after its caller is known, also if the host has no parser. */
export const JsonBody = () => UseInterceptors(ReadJsonBody);

function translate(
  error: unknown,
  limits: JsonBodyLimits,
  refusal: (limit: ParseLimit) => Error | undefined,
): unknown {
  if (error instanceof SyntaxError) return new JsonInvalid(`The body is not JSON (${error.message})`);
  if (!(error instanceof JsonLimitExceeded)) return error;
  const { limit } = error;
  return (
    refusal(limit) ?? (limit === 'pieceBytes' ? new PayloadTooLargeException() : tooComplex(limit, limits))
  );
}

function tooComplex(limit: Exclude<ParseLimit, 'pieceBytes'>, limits: JsonBodyLimits): JsonInvalid {
  const most = limits[limit].toLocaleString('en');
  const what = {
    depth: `more than ${most} levels of nested objects and arrays`,
    items: `an object or array with more than ${most} items`,
    values: `more than ${most} values`,
  };
  return new JsonInvalid(`The body contains ${what[limit]}`);
}

export class JsonInvalid extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'validation_failed';
  constructor(why: string) {
    super(`${why}. Correct the request and send it again.`);
  }
}

export class CharsetUnsupported extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'unsupported_media_type';
  constructor() {
    super('JSON must be UTF-8. Encode the body as UTF-8 and send it again.');
  }
}
