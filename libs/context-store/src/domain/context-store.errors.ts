import { DomainError } from '@app/kernel';

export class PathNotAllowed extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'path_not_allowed';
  constructor(
    readonly path: string,
    /** One clause. */
    readonly why: string,
  ) {
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

export class TooComplex extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'too_complex';
  constructor(
    path: string,
    /** Says what exceeds the limits and what to do. */
    why: string,
  ) {
    super(`${path}: ${why}.`);
  }
}

export class VersionConflict extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'version_conflict';
  constructor(readonly paths: readonly string[]) {
    super(
      `${paths.join(', ')} ${paths.length === 1 ? 'was' : 'were'} changed in the meantime. Read again and repeat your edit.`,
    );
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
    super(`There is no version ${id} of this file with a text. List the history to see what there is.`);
  }
}

export class NothingToUndo extends DomainError {
  readonly kind = 'not-found';
  readonly code = 'not_found';
  constructor(runId: string) {
    super(
      `Run ${runId} changed no context file, or so long ago that its history is no longer kept: there is nothing to undo. See the list of runs.`,
    );
  }
}

export class NoLongerKept extends DomainError {
  readonly kind = 'not-found';
  readonly code = 'not_found';
  constructor(what: string) {
    super(`${what} is further back than the history that is kept here. Take the texts from Git's history.`);
  }
}
