import type { ErrorCode } from './error-codes';
import { inert } from './inert';

/** Classifies an error by its remedy. Decides the HTTP status and the retry policy, each in one place. */
export type ErrorKind =
  'invalid' | 'unauthenticated' | 'forbidden' | 'not-found' | 'conflict' | 'unavailable' | 'refused-upstream';

/** One field of a request and its problem. */
export interface FieldError {
  readonly field: string;
  readonly detail: string;
}

/**
 * An error that people and programs can act on: a stable code of the HTTP contract, and a sentence with the next
 * step. Makes names and texts from outside inert.
 */
export abstract class DomainError extends Error {
  abstract readonly kind: ErrorKind;
  abstract readonly code: ErrorCode;
  /** Time to wait before a retry, in milliseconds, if it is known. */
  readonly retryAfterMs?: number;
  readonly errors?: readonly FieldError[];

  constructor(detail: string, more: { retryAfterMs?: number; errors?: readonly FieldError[] } = {}) {
    super(inert(detail));
    this.name = new.target.name;
    this.retryAfterMs = more.retryAfterMs;
    this.errors = more.errors?.map((error) => ({ ...error, detail: inert(error.detail) }));
  }
}
