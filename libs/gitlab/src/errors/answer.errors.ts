import { DomainError, inert, type ErrorCode } from '@app/kernel';

/** Names the limit that was reached: GitLab's, or this service's own. */
type LimitedBy = 'gitlab' | 'dot';

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
  readonly code: ErrorCode = 'gitlab_unavailable';
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
