const RETRY_AFTER_MS = 5_000;

/**
 * The database is unreachable or did not answer, so it is unknown whether the last write was committed. Not a
 * `DomainError`, because a use case cannot continue after it: it cannot record anything.
 */
export class DatabaseUnavailable extends Error {
  readonly code = 'database_unavailable';
  readonly retryAfterMs = RETRY_AFTER_MS;

  constructor(cause: unknown) {
    super(
      'The database cannot be reached at the moment. Nothing that was accepted is lost; try again in a few seconds. ' +
        'A change that was just sent may have been made: check before you send it again.',
      { cause },
    );
    this.name = 'DatabaseUnavailable';
  }
}
