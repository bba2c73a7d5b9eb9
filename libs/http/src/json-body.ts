import { PayloadTooLargeException } from '@nestjs/common';
import { raw, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { DomainError } from '@app/kernel';
import { JsonLimitExceeded, parseJson, type ParseLimit, type ParseLimits } from './parse-json';

export interface JsonBodyLimits extends ParseLimits {
  /** Bytes of the whole body, decompressed. */
  readonly bytes: number;
}

/** RFC 8259 requires UTF-8 for JSON. The limits could not be checked in other encodings. */
const OTHER_CHARSET = /;\s*charset\s*=(?!\s*"?utf-?8\b)/i;

/**
 * Reads a JSON body and checks its size and shape before it is parsed. `refusal` returns the error of a limit that
 * has a code of its own in the contract.
 */
export function jsonBody(
  limits: JsonBodyLimits,
  refusal: (limit: ParseLimit) => Error | undefined = () => undefined,
): RequestHandler {
  const read = raw({ type: 'application/json', limit: limits.bytes });
  const parse = async (request: Request, next: NextFunction): Promise<void> => {
    try {
      const bytes = request.body as Buffer;
      const body = bytes.length ? await parseJson(bytes, limits) : {};
      if (typeof body !== 'object' || body === null) throw new JsonInvalid('The body is not a JSON object');
      request.body = body;
      next();
    } catch (error) {
      next(translate(error, limits, refusal));
    }
  };
  return (request: Request, response: Response, next: NextFunction): void => {
    if (!request.is('application/json')) return next();
    if (OTHER_CHARSET.test(request.headers['content-type'] ?? '')) return next(new CharsetUnsupported());
    const before: unknown = request.body;
    read(request, response, (error?: unknown) => {
      if (error || request.body === before || !Buffer.isBuffer(request.body)) return next(error);
      void parse(request, next);
    });
  };
}

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
