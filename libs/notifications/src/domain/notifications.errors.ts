import { DomainError, type FieldError } from '@app/kernel';

export class ChannelsInvalid extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'validation_failed';
  constructor(errors: readonly FieldError[]) {
    const fields = [...new Set(errors.map(({ field }) => field))].join(', ');
    super(`Correct ${fields} and send the request again.`, { errors });
  }
}

export class TooManyTests extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'too_many_requests';
  constructor(retryAfterMs: number) {
    super('Ten tests were sent in the last hour. Wait before you send another.', { retryAfterMs });
  }
}
