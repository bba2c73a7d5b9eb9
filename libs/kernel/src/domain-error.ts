import { inert } from './inert';

/** What can be done next; decides HTTP status and retry policy, in one place each. */
export type ErrorKind =
  'invalid' | 'unauthenticated' | 'forbidden' | 'not-found' | 'conflict' | 'unavailable' | 'refused-upstream';

export interface FieldError {
  readonly field: string;
  readonly detail: string;
}

/**
 * An error that people and programs can act on: a stable code of the HTTP contract and a sentence that says what to do next.
 * Names and words from elsewhere stand in the sentence inert.
 */
export abstract class DomainError extends Error {
  abstract readonly kind: ErrorKind;
  abstract readonly code: string;
  /** How long to wait before trying again, in milliseconds, where that is known. */
  readonly retryAfterMs?: number;
  readonly errors?: readonly FieldError[];

  constructor(detail: string, more: { retryAfterMs?: number; errors?: readonly FieldError[] } = {}) {
    super(inert(detail));
    this.name = new.target.name;
    this.retryAfterMs = more.retryAfterMs;
    this.errors = more.errors?.map((error) => ({ ...error, detail: inert(error.detail) }));
  }
}
