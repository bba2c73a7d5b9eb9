import { DomainError } from '@app/kernel';

/** GitLab rejects the token: it is invalid, expired or revoked, or its user is blocked. */
export class TokenRejected extends DomainError {
  readonly kind = 'refused-upstream';
  readonly code = 'token_rejected';
  constructor(readonly reason: 'invalid' | 'expired' | 'revoked' | 'blocked' = 'invalid') {
    super(
      {
        invalid:
          "GitLab rejected the token. Make sure the token has the api scope and isn't expired, then connect again.",
        expired:
          'GitLab rejected the token: it is expired. Create a new token with the api scope and connect again.',
        revoked:
          'GitLab rejected the token: it was revoked. Create a new token with the api scope and connect again.',
        blocked:
          'GitLab rejected the token: its user is blocked. Ask a GitLab administrator, or connect with another token.',
      }[reason],
    );
  }
}

export class TokenScopeMissing extends DomainError {
  readonly kind = 'refused-upstream';
  readonly code = 'token_scope_missing';
  constructor(
    readonly missing: readonly string[],
    detail = `The token lacks the ${missing.join(', ')} scope. Create a token with the api scope and connect again.`,
  ) {
    super(detail);
  }
}

/** GitLab does not rotate the token. The token itself stays valid. */
export class TokenNotRotatable extends DomainError {
  readonly kind = 'refused-upstream';
  readonly code = 'token_not_rotatable';
  constructor(reason: string) {
    super(
      `GitLab does not let the token renew itself (${reason}). Create a new token with the api scope and connect again.`,
    );
  }
}

export class TokenCannotCreateProjects extends DomainError {
  readonly kind = 'refused-upstream';
  readonly code = 'token_cannot_create_projects';
  constructor(
    detail = "This token can't create projects. You're using a project- or group-scoped token: use Select existing project, or " +
      'generate a Personal Access Token at User Settings → Access Tokens.',
  ) {
    super(detail);
  }
}
