import { DomainError } from '@app/kernel';

export class InspectionBusy extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'rate_limited';
  constructor() {
    super('Too many texts of this organisation wait to be inspected. Try again in a few seconds.', {
      retryAfterMs: 5_000,
    });
  }
}
