import { DomainError } from '@app/kernel';

/** No connection to the instance. `reason` names the cause: DNS, a refused connection, a timeout or TLS. */
export class InstanceUnreachable extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'instance_unreachable';
  constructor(
    readonly url: string,
    readonly reason: string,
  ) {
    super(
      `Can't reach ${url}: ${reason}. Check the instance URL points at the host (e.g. https://gitlab.com), not a project page; ` +
        `verify the host is reachable from Dot's server.`,
    );
  }
}

export class InstanceNotGitLab extends DomainError {
  readonly kind = 'refused-upstream';
  readonly code = 'instance_not_gitlab';
  /** `what` completes "<url> …", e.g. "responded 404 for /api/v4/user"; `hint` says more about the URL. */
  constructor(
    private readonly url: string,
    private readonly what: string,
    hint?: string,
  ) {
    const advice = hint ? `. ${hint}` : ' — set the host, not a specific project URL.';
    super(`${url} ${what}. The URL isn't a GitLab instance${advice}`);
  }

  withHint(hint: string): InstanceNotGitLab {
    return new InstanceNotGitLab(this.url, this.what, hint);
  }
}

export class InstanceBlocked extends DomainError {
  readonly kind = 'refused-upstream';
  readonly code = 'instance_blocked';
  constructor(url: string) {
    super(
      `${url} is a private or otherwise blocked address. Use a public instance, or ask the operator of this service to add ` +
        `the host to GITLAB_ALLOW_PRIVATE.`,
    );
  }
}

export class InstanceUrlInvalid extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'validation_failed';
  constructor(detail: string) {
    super(
      `The instance URL ${detail}. Enter the host of your GitLab, e.g. https://gitlab.your-company.com.`,
      {
        errors: [{ field: 'instanceUrl', detail }],
      },
    );
  }
}
