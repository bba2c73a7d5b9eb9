import { DomainError } from '@app/kernel';

/** The repository does not contain the commit: its history was rewritten, or the project was replaced. */
export class CommitUnknown extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'commit_unknown';
  constructor(readonly commit: string) {
    super(`Commit ${commit} is not in the repository. The next sync compares the whole tree instead.`);
  }
}

export class BranchProtected extends DomainError {
  readonly kind = 'refused-upstream';
  readonly code = 'branch_protected';
  constructor(branch: string) {
    super(
      `GitLab refused the push to branch ${branch}. Grant the token user push access in Project → Settings → Repository → ` +
        'Protected branches, and make sure its role is Developer or higher. Or set publish to merge_request in the project settings: ' +
        'Dot then proposes its changes by a merge request.',
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

/** The branch that the commit was to create exists already. Commit on top of it instead. */
export class BranchExists extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'branch_exists';
  constructor(readonly branch: string) {
    super(`Branch ${branch} was created in the meantime. Dot reads it again and continues there.`);
  }
}

/** GitLab does not accept a branch of that name: a push rule or git itself refuses it. */
export class WorkBranchRefused extends DomainError {
  readonly kind = 'refused-upstream';
  readonly code = 'work_branch_refused';
  /** `said` quotes GitLab. */
  constructor(
    readonly branch: string,
    readonly said: string,
  ) {
    super(
      `GitLab does not allow a branch named ${branch}: ${said}. Choose another name for the work branch, or change the rule ` +
        'in Project → Settings → Repository → Push rules.',
    );
  }
}

/** Git cannot store the branch beside another: of `dot` and `dot/x` only one can exist. */
export class WorkBranchNameTaken extends DomainError {
  readonly kind = 'refused-upstream';
  readonly code = 'work_branch_name_taken';
  constructor(readonly branch: string) {
    super(
      `Branch ${branch} cannot be created: another branch has a part of its name, or a name that begins with it. Delete that ` +
        'branch on GitLab, or choose another name for the work branch.',
    );
  }
}
