import { PayloadTooLargeException } from '@nestjs/common';
import { raw, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { DomainError } from '@app/kernel';
import { JsonLimitExceeded, parseJson, type ParseLimit, type ParseLimits } from './parse-json';

export interface JsonBodyLimits extends ParseLimits {
  /** Bytes of the whole body, unpacked. */
  readonly bytes: number;
}

/** RFC 8259: JSON that travels is UTF-8. Of other encodings the limits could not be checked. */
const OTHER_CHARSET = /;\s*charset\s*=(?!\s*"?utf-?8\b)/i;

/**
 * Reads a JSON body whose size and shape it checks before anything is parsed. `refusal` names the error of a limit that the
 * contract has a word of its own for.
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
      if (typeof body !== 'object' || body === null) throw new JsonInvalid('The body is no JSON object');
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
  if (error instanceof SyntaxError) return new JsonInvalid(`The body is no JSON (${error.message})`);
  if (!(error instanceof JsonLimitExceeded)) return error;
  const { limit } = error;
  return (
    refusal(limit) ?? (limit === 'pieceBytes' ? new PayloadTooLargeException() : tooComplex(limit, limits))
  );
}

function tooComplex(limit: Exclude<ParseLimit, 'pieceBytes'>, limits: JsonBodyLimits): JsonInvalid {
  const most = limits[limit].toLocaleString('en');
  const what = {
    depth: `more than ${most} objects and arrays inside one another`,
    items: `an object or array with more than ${most} items`,
    values: `more than ${most} values`,
  };
  return new JsonInvalid(`The body holds ${what[limit]}`);
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
    super('JSON is read as UTF-8. Encode the body so, and send it again.');
  }
}
