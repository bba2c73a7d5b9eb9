import { DomainError } from '@app/kernel';

/** An open merge request has the same source and target. */
export class MergeRequestExists extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'merge_request_exists';
  /** `iid`: null if GitLab's answer does not name it. */
  constructor(readonly iid: number | null) {
    super('An open merge request for this branch already exists. Dot uses that one.');
  }
}

/** The merge request was deleted, or hidden from the token. Find the present one. */
export class MergeRequestNotFound extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'merge_request_not_found';
  constructor(readonly iid: number) {
    super(`Merge request !${iid} does not exist any more, or the token may not see it.`);
  }
}

export class MergeRequestsDisabled extends DomainError {
  readonly kind = 'refused-upstream';
  readonly code = 'merge_requests_disabled';
  constructor() {
    super(
      'Merge requests are switched off in the project. Switch them on in Settings → General → Visibility, project features, ' +
        'permissions, or let Dot push to the branch directly.',
    );
  }
}
