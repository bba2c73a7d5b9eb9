import { DomainError } from '@app/kernel';

export class PathNotAllowed extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'path_not_allowed';
  constructor(path: string, why: string) {
    super(`${JSON.stringify(path)} can't be a context file: ${why}.`);
  }
}

export class ContentInvalid extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'content_invalid';
  constructor(
    path: string,
    /** One clause, with line and column where there is one. */
    readonly why: string,
  ) {
    super(`${path}: ${why}. Correct the text and save again.`);
  }
}

export class VersionConflict extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'version_conflict';
  constructor(readonly path: string) {
    super(`${path} was changed by someone else in the meantime. Read it again and repeat your edit.`);
  }
}

export class FileNotFound extends DomainError {
  readonly kind = 'not-found';
  readonly code = 'not_found';
  constructor(path: string) {
    super(`There is no context file ${path}. List the files to see what there is.`);
  }
}

export class VersionNotFound extends DomainError {
  readonly kind = 'not-found';
  readonly code = 'not_found';
  constructor(id: string) {
    super(`There is no version ${id}. List the history to see what there is.`);
  }
}
