import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { DomainError, type FieldError } from '@app/kernel';

/** Most errors reported at a time. A client that corrects them sees the next. */
const MOST_ERRORS = 20;
const LONGEST_NAME = 200;

/** Fields of the request are wrong; `errors` names each. */
export class ValidationFailed extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'validation_failed';
  constructor(all: readonly FieldError[]) {
    const errors = all.slice(0, MOST_ERRORS).map(shortened);
    const more = all.length > errors.length ? ` and ${all.length - errors.length} more` : '';
    const fields = [...new Set(errors.map(({ field }) => field))].join(', ');
    super(`Correct ${fields}${more} and send the request again.`, { errors });
  }
}

/** The caller chooses the names of unknown fields. */
function shortened({ field, detail }: FieldError): FieldError {
  return { field: field.slice(0, LONGEST_NAME), detail };
}

/** Refuses unknown fields by name. The DTOs check the known ones. */
export const validationPipe = () =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => new ValidationFailed(errors.flatMap((error) => fieldErrors(error))),
  });

function fieldErrors(error: ValidationError, parent = ''): FieldError[] {
  const field = parent ? `${parent}.${error.property}` : error.property;
  const own = Object.entries(error.constraints ?? {}).map(([rule, text]) => ({
    field,
    detail: rule === 'whitelistValidation' ? 'unknown field' : text,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, field))];
}
