import { DomainError, type FieldError } from '@app/kernel';

export class NotConfigured extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'not_configured';
  constructor() {
    super(
      'No project is configured. Select or create a GitLab project first (Settings > Version Control > GitLab).',
    );
  }
}

/** The request cannot work as sent; `errors` names each bad field. */
export class ConfigurationInvalid extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'validation_failed';
  constructor(errors: readonly FieldError[]) {
    super(`Correct ${errors.map(({ field }) => field).join(', ')} and send the request again.`, { errors });
  }
}

/** Another project was configured during this request; nothing was written. */
export class ConfigurationMoved extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'configuration_changed';
  constructor() {
    super('The project was changed by someone else in the meantime. Read it again and repeat your change.');
  }
}
