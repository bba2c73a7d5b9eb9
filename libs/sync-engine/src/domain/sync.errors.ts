import { DomainError } from '@app/kernel';

export class RunNotFound extends DomainError {
  readonly kind = 'not-found';
  readonly code = 'not_found';
  constructor(id: string) {
    super(`There is no sync run ${id}. List the runs to see what there is.`);
  }
}

export class ConflictNotFound extends DomainError {
  readonly kind = 'not-found';
  readonly code = 'not_found';
  constructor(id: string) {
    super(`There is no conflict ${id}, or it was restored already. List the conflicts to see what there is.`);
  }
}

export class RemoteFileNotFound extends DomainError {
  readonly kind = 'not-found';
  readonly code = 'not_found';
  constructor(path: string) {
    super(
      `There is no text of ${path} to show that was kept out of Dot. See the files that are quarantined.`,
    );
  }
}

export class RunNotAwaiting extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'run_not_awaiting_confirmation';
  constructor() {
    super('The run is not waiting for a confirmation. Look at its status; start a new pull if you want one.');
  }
}

export class RunOver extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'run_over';
  constructor() {
    super('The run has ended already and cannot be cancelled.');
  }
}

export class MassDeleteUnconfirmed extends DomainError {
  readonly kind = 'refused-upstream';
  readonly code = 'mass_delete_unconfirmed';
  /** `paths`: the files that would be deleted. */
  constructor(
    deletions: number,
    files: number,
    readonly paths: readonly string[] = [],
  ) {
    super(
      `GitLab's branch no longer has ${deletions} of ${files} files. Confirm the run to delete them in Dot too, or keep ` +
        'them to put them back on GitLab.',
    );
  }
}

export class BranchGone extends DomainError {
  readonly kind = 'refused-upstream';
  readonly code = 'branch_gone';
  constructor(branch: string) {
    super(
      `Branch ${branch} is gone from the project. Create it again on GitLab, or choose another branch; nothing was deleted in Dot.`,
    );
  }
}

export class ProjectGone extends DomainError {
  readonly kind = 'refused-upstream';
  readonly code = 'project_gone';
  constructor() {
    super(
      'The project is gone, or the token may no longer see it. Restore the access, or pick another project; nothing was deleted in Dot.',
    );
  }
}

export class FileNotHeld extends DomainError {
  readonly kind = 'not-found';
  readonly code = 'not_found';
  constructor(path: string) {
    super(`${path} has nothing to release. See the files that are quarantined.`);
  }
}

/** A person chose another target branch for the merge request. */
export class MergeRequestRetargeted extends DomainError {
  readonly kind = 'refused-upstream';
  readonly code = 'merge_request_retargeted';
  constructor(iid: number, branch: string) {
    super(
      `Merge request !${iid} no longer targets ${branch}. Set its target branch to ${branch} again, or close it; the changes wait in Dot.`,
    );
  }
}

/** Another worker holds the org now; a record of this one would be stale. */
export class LeaseLost extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'lease_lost';
  constructor() {
    super('Another worker has taken over this organisation.');
  }
}

/** Both sides kept moving while they were compared; the next attempt comes soon. */
export class KeptMoving extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'kept_moving';
  constructor() {
    super('Both sides kept changing while they were compared. The sync is retried automatically.', {
      retryAfterMs: 1000,
    });
  }
}

/** Reports, within the engine only, that the branch has its first commit by now, so that changes go to a merge request. */
export class BranchReserved extends Error {}
