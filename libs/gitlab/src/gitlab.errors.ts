import { DomainError, inert } from '@app/kernel';

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

export class ProjectNotFound extends DomainError {
  readonly kind = 'refused-upstream';
  readonly code = 'project_not_found';
  constructor(projectId: number) {
    super(
      `Project ${projectId} is not visible to the token. Pick a project from the list, or give the token's user access to it.`,
    );
  }
}

export class ProjectNameTaken extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'project_name_taken';
  constructor(name: string) {
    super(
      `A project named “${name}” already exists in your namespace. Choose another name, or select the existing project.`,
    );
  }
}

export class ProjectNameInvalid extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'validation_failed';
  constructor(said: string) {
    super(`GitLab refused the project name: ${said}. Choose another name.`, {
      errors: [{ field: 'create.name', detail: said }],
    });
  }
}

export class BranchNotFound extends DomainError {
  readonly kind = 'refused-upstream';
  readonly code = 'branch_not_found';
  constructor(readonly branch: string) {
    super(
      `Branch ${branch} does not exist in the project. Pick a branch from the list, or create it on GitLab.`,
    );
  }
}

/** The repository does not contain the commit: its history was rewritten, or the project was replaced. */
export class CommitUnknown extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'commit_unknown';
  constructor(readonly commit: string) {
    super(`Commit ${commit} is not in the repository. The next sync compares the whole tree instead.`);
  }
}

export class ProjectArchived extends DomainError {
  readonly kind = 'refused-upstream';
  readonly code = 'project_archived';
  constructor() {
    super(
      'The project is archived on GitLab and accepts no commits. Unarchive it in Settings → General → Advanced, or pick another project.',
    );
  }
}

export class BranchProtected extends DomainError {
  readonly kind = 'refused-upstream';
  readonly code = 'branch_protected';
  constructor(branch: string) {
    super(
      `GitLab refused the push to branch ${branch}. Grant the token user push access in Project → Settings → Repository → ` +
        'Protected branches, and make sure its role is Developer or higher.',
    );
  }
}

/**
 * A push rule, a custom hook or secret detection refused the commit. Sending the same commit again cannot succeed.
 */
export class PushRefused extends DomainError {
  readonly kind = 'refused-upstream';
  readonly code = 'push_refused';
  /** `said` quotes GitLab. */
  constructor(readonly said: string) {
    super(
      `GitLab refused the commit: ${said}. Change the file or the push rule in Project → Settings → Repository, then push again.`,
    );
  }
}

/**
 * The repository differs from the state that the actions assumed; nothing was written. Read it again and plan the
 * commit again.
 */
export class FileChanged extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'file_changed';
  constructor(
    readonly reason: 'changed' | 'exists' | 'missing' | 'branch-moved',
    readonly path: string | null,
  ) {
    super(
      `${path ?? 'A file'} changed on GitLab in the meantime. Dot reads it again and re-evaluates the change.`,
    );
  }
}

/** Names the limit that was reached: GitLab's, or this service's own. */
export type LimitedBy = 'gitlab' | 'dot';

export class RateLimited extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'rate_limited';
  constructor(
    retryAfterMs?: number,
    readonly by: LimitedBy = 'gitlab',
  ) {
    super(
      {
        gitlab:
          'GitLab limits the number of requests. The sync continues automatically as soon as GitLab allows it.',
        dot: `Dot limits how fast one organisation sends requests to a GitLab host. Try again in ${seconds(retryAfterMs)} s; a sync continues automatically.`,
      }[by],
      { retryAfterMs },
    );
  }
}

const seconds = (ms = 1_000): number => Math.max(1, Math.ceil(ms / 1_000));

/** GitLab failed to answer: 5xx, a reset, a timeout, or an answer that was cut off or unreadable. */
export class GitLabUnavailable extends DomainError {
  readonly kind = 'unavailable';
  readonly code: string = 'gitlab_unavailable';
  /** True if a write was sent and its outcome is unknown. */
  readonly outcomeUnknown: boolean;
  constructor(reason: string, more: { retryAfterMs?: number; outcomeUnknown?: boolean } = {}) {
    super(`GitLab is not available (${reason}). The sync is retried automatically; nothing is lost.`, more);
    this.outcomeUnknown = more.outcomeUnknown ?? false;
  }
}

/** GitLab's answer breaks its API's contract: it has a wrong shape, is too large, or lacks an announced part. */
export class GitLabAnswerInvalid extends GitLabUnavailable {
  override readonly code = 'gitlab_answer_invalid';
  /** `what` completes "GitLab gave an answer that cannot be right: …". */
  constructor(what: string, more: { retryAfterMs?: number; outcomeUnknown?: boolean } = {}) {
    super(what, more);
    this.message =
      `GitLab gave an answer that cannot be right: ${inert(what)}. The sync is retried automatically, and nothing is lost. ` +
      'If this persists, ask the administrators of the GitLab instance, or of a proxy in front of it.';
  }
}

/** Any refusal that no other error describes. The detail quotes GitLab. */
export class GitLabRefused extends DomainError {
  readonly kind = 'refused-upstream';
  readonly code = 'gitlab_refused';
  constructor(
    readonly status: number,
    readonly said: string,
  ) {
    super(
      `GitLab answered ${status}: ${said}. Check the token's role in the project and the project's settings, then try again.`,
    );
  }
}

export class WebhookNotPermitted extends DomainError {
  readonly kind = 'refused-upstream';
  readonly code = 'webhook_not_permitted';
  constructor(detail = 'Registering a webhook needs the Maintainer role in the project.') {
    super(detail);
  }
}

export class WebhookUrlRefused extends DomainError {
  readonly kind = 'refused-upstream';
  readonly code = 'webhook_url_refused';
  constructor(said: string) {
    super(
      `GitLab refused the webhook URL: ${said}. Make sure PUBLIC_URL is an address GitLab can reach; on self-hosted GitLab an ` +
        'administrator can allow local addresses in Admin → Settings → Network → Outbound requests.',
    );
  }
}

export class WebhookTestFailed extends DomainError {
  readonly kind = 'refused-upstream';
  readonly code = 'webhook_test_failed';
  constructor(said: string) {
    super(
      `GitLab could not deliver a test event: ${said}. Check that GitLab can reach PUBLIC_URL, then register again.`,
    );
  }
}

export class HookNotFound extends DomainError {
  readonly kind = 'not-found';
  readonly code = 'hook_not_found';
  constructor() {
    super('The webhook no longer exists on GitLab. Register it again.');
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
