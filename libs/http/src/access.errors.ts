import { DomainError } from '@app/kernel';

/** The request names no caller, or a token that is not valid. */
export class Unauthenticated extends DomainError {
  readonly kind = 'unauthenticated';
  readonly code = 'unauthenticated';
  constructor(why = 'The request has no token') {
    super(`${why}. Send "Authorization: Bearer <token>" with a valid token.`);
  }
}

/** The caller belongs to another organisation. */
export class ForbiddenOrg extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'forbidden_org';
  constructor() {
    super('The token belongs to another organisation. Use a token of the organisation in the path.');
  }
}

/** The caller's role does not allow the act. */
export class ForbiddenRole extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'forbidden_role';
  constructor(allowed: readonly string[]) {
    super(
      `The token's role does not allow this${allowed.length ? ` (${allowed.join(' or ')} may)` : ''}. Ask an admin of your organisation.`,
    );
  }
}
