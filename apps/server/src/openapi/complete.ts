import { STATUS_CODES } from 'node:http';
import type { OpenAPIObject } from '@nestjs/swagger';
import { problemResponse, type ProblemCode } from '@app/gitlab-sync/http';
import { addExamples } from './examples';
import { jsonBodyOf, problemsOf, responsesOf, type Operation } from './operation';
import type { Schemas } from './samples';
import { withSharedExamples } from './shared-examples';
import { withValidationExample } from './validation-example';

const METHODS = ['get', 'put', 'post', 'patch', 'delete'] as const;
const API = '/api/v1/';

const RETRY_AFTER = {
  'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' }, example: 12 },
} as const;

/** Problems that any call may answer: limits, database and identity provider come before every route. */
const OF_ANY_CALL = {
  429: ['too_many_requests'],
  500: ['internal'],
  503: ['database_unavailable', 'auth_unavailable'],
} as const;

/** Problems of reading a JSON body. */
const OF_A_JSON_BODY = {
  400: ['validation_failed'],
  413: ['body_too_large'],
  415: ['unsupported_media_type'],
} as const;

/** Adds what holds for many operations and would be repeated in each: common errors, security, examples. */
export function completed(document: OpenAPIObject): OpenAPIObject {
  const schemas = document.components?.schemas ?? {};
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (operation) complete(path, operation, schemas);
    }
  }
  return withSharedExamples(document);
}

function complete(path: string, operation: Operation, schemas: Schemas): void {
  operation.security ??= [];
  typeParameters(operation);
  if (path.startsWith(API)) {
    if (jsonBodyOf(operation)) addProblems(operation, OF_A_JSON_BODY);
    addProblems(operation, OF_ANY_CALL);
  } else if (operation.tags?.includes('Probes')) {
    operation.responses[408] = { description: 'The request did not arrive in time' };
  }
  for (const [status, response] of responsesOf(operation))
    response.description ||= STATUS_CODES[status] ?? '';
  addExamples(operation, schemas);
  withValidationExample(operation, schemas);
}

/** Nest leaves out the type of a parameter that only `@ApiParam` names. */
function typeParameters({ parameters = [] }: Operation): void {
  for (const parameter of parameters) {
    if (!('schema' in parameter) || !parameter.schema || '$ref' in parameter.schema) continue;
    if (!parameter.schema.type && !parameter.schema.anyOf) parameter.schema.type = 'string';
  }
}

/** Keeps the examples that are there, and the order of the codes. */
function addProblems(operation: Operation, problems: Record<number, readonly ProblemCode[]>): void {
  for (const [status, added] of Object.entries(problems)) {
    const known = Object.keys(problemsOf(operation, status)) as ProblemCode[];
    const codes = [...new Set([...known, ...added])];
    const headers = ['429', '503'].includes(status) ? { headers: RETRY_AFTER } : {};
    operation.responses[status] = { ...problemResponse(Number(status), codes), ...headers };
  }
}
