import { DomainError } from '@app/kernel';

export class InspectionBusy extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'rate_limited';
  constructor() {
    super('Too many texts of this organisation are waiting for inspection. Try again in a few seconds.', {
      retryAfterMs: 5_000,
    });
  }
}
