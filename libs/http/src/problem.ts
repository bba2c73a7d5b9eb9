import {
  applyDecorators,
  Catch,
  HttpException,
  Logger,
  Optional,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import {
  ApiExtraModels,
  ApiProperty,
  ApiPropertyOptional,
  ApiResponse,
  getSchemaPath,
} from '@nestjs/swagger';
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Request, Response } from 'express';
import { DatabaseUnavailable, DomainError, type ErrorCode, type ErrorKind } from '@app/kernel';
import { callOf } from './caller';
import { CharsetUnsupported, JsonInvalid } from './json-body';
import { PROBLEM_EXAMPLES, type ProblemCode } from './problem-examples';
import { Refusals } from './refusals.port';
import { ValidationFailed } from './validation';

const STATUS: Record<ErrorKind, number> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  unavailable: 503,
  'refused-upstream': 422,
};

/** Codes whose status the contract fixes independently of their kind. */
const STATUS_OF_CODE: Partial<Record<ErrorCode, number>> = {
  validation_failed: 400,
  instance_unreachable: 422,
  too_many_requests: 429,
  too_many_streams: 429,
  unsupported_media_type: 415,
};

/** Names one field of a request and its problem. */
export class FieldProblem {
  @ApiProperty({ example: 'instanceUrl' })
  field: string;
  @ApiProperty({ example: 'must be an http or https URL' })
  detail: string;
}

/** RFC 9457. */
export class Problem {
  @ApiProperty({ example: 'about:blank' })
  type: string;
  @ApiProperty({ example: 'Unprocessable Entity' })
  title: string;
  @ApiProperty({ example: 422 })
  status: number;
  @ApiProperty({ type: String, example: 'token_rejected', description: 'Stable code for programs' })
  code: ErrorCode;
  @ApiProperty({ description: 'The cause and the next step, for people' })
  detail: string;
  @ApiPropertyOptional({ type: [FieldProblem] })
  errors?: FieldProblem[];
}

/** The codes a route may answer with, by status. */
export type Problems = Readonly<Record<number, readonly ProblemCode[]>>;

/** Documents the errors of a route, each with an example. */
export function ApiProblems(problems: Problems) {
  return applyDecorators(
    ApiExtraModels(Problem),
    ...Object.entries(problems).map(([status, codes]) =>
      ApiResponse({ status: Number(status), ...problemResponse(Number(status), codes) }),
    ),
  );
}

/** Documents the errors of one status, each with an example. */
export function problemResponse(status: number, codes: readonly ProblemCode[]) {
  const examples = codes.map((code) => [code, { value: problemOf(status, code, PROBLEM_EXAMPLES[code]) }]);
  return {
    description: codes.map((code) => `\`${code}\``).join(', '),
    content: {
      'application/problem+json': {
        schema: { $ref: getSchemaPath(Problem) },
        examples: Object.fromEntries(examples) as Record<string, { value: Problem }>,
      },
    },
  };
}

/** Answers every error as problem+json; an unexpected one as 500 with an id that is also in the log. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  /** @internal */
  constructor(@Optional() private readonly refusals?: Refusals) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const response = host.switchToHttp().getResponse<Response>();
    const request = host.switchToHttp().getRequest<Request>();
    const call = callOf(request);
    if (call && isMalformed(error)) await this.refusals?.record(error, call);
    const problem = this.describe(error, request);
    if (response.headersSent) {
      response.end();
      return;
    }
    const retryAfterMs = isForeseen(error) ? error.retryAfterMs : undefined;
    if (retryAfterMs !== undefined && [429, 503].includes(problem.status))
      response.setHeader('Retry-After', Math.ceil(retryAfterMs / 1000));
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }

  private describe(error: unknown, request: Request): Problem {
    if (error instanceof DomainError) {
      const status = STATUS_OF_CODE[error.code] ?? STATUS[error.kind];
      return problemOf(status, error.code, error.message, error.errors);
    }
    if (error instanceof DatabaseUnavailable) return problemOf(503, error.code, error.message);
    const status = statusOf(error);
    if (status === 413)
      return problemOf(413, 'body_too_large', 'The request body is too large. Send less at a time.');
    if (status === 404) {
      return problemOf(
        404,
        'not_found',
        `There is no ${request.method} ${request.path}. Check the method and the path.`,
      );
    }
    if (status && status < 500) {
      return problemOf(
        status,
        'validation_failed',
        `${(error as Error).message}. Correct the request and send it again.`,
      );
    }
    const id = randomUUID();
    this.logger.error({ err: error, errorId: id }, 'unexpected error');
    return problemOf(
      500,
      'internal',
      `Something went wrong on our side. Try again; if it persists, report error ${id}.`,
    );
  }
}

/** Detects a call that is refused after its sender is known and before its act begins. */
const isMalformed = (error: unknown): error is DomainError =>
  [ValidationFailed, JsonInvalid, CharsetUnsupported].some((refusal) => error instanceof refusal);

const isForeseen = (error: unknown) => error instanceof DomainError || error instanceof DatabaseUnavailable;

function problemOf(status: number, code: ErrorCode, detail: string, errors?: readonly FieldProblem[]) {
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail,
    ...(errors && { errors: [...errors] }),
  };
}

/** Reads the status of Nest's exceptions and of body-parser's, which are http-errors. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const { status, expose } = (error ?? {}) as { status?: unknown; expose?: unknown };
  return typeof status === 'number' && expose === true ? status : undefined;
}
