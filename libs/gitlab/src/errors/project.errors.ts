import { DomainError } from '@app/kernel';

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

export class ProjectArchived extends DomainError {
  readonly kind = 'refused-upstream';
  readonly code = 'project_archived';
  constructor() {
    super(
      'The project is archived on GitLab and accepts no commits. Unarchive it in Settings → General → Advanced, or pick another project.',
    );
  }
}
