const RETRY_AFTER_MS = 5_000;

/**
 * The database cannot be asked, or gave no answer. No refusal that a use case could go on from, hence no `DomainError`: nothing more can
 * be recorded, and what was being recorded may have been or not.
 */
export class DatabaseUnavailable extends Error {
  readonly code = 'database_unavailable';
  readonly retryAfterMs = RETRY_AFTER_MS;

  constructor(cause: unknown) {
    super(
      'The database cannot be reached at the moment. Nothing that was accepted is lost; try again in a few seconds. ' +
        'A change that was just sent may have been taken: look before you send it again.',
      { cause },
    );
    this.name = 'DatabaseUnavailable';
  }
}
