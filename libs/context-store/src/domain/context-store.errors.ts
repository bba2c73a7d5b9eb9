import { DomainError } from '@app/kernel';
import type { Quota, Usage } from './quota';

/** The path cannot be one of a context file. */
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
    /** One clause, with line and column if known. */
    readonly why: string,
  ) {
    super(`${path}: ${why}. Correct the text and save again.`);
  }
}

/** Reports a name, an author or a message that must not reach Git. The message never repeats its content. */
export class LineNotAllowed extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'content_invalid';
  /** `place` names it in the sentence, `field` in the request; `problem` is one clause. */
  constructor(field: string, place: string, problem: string) {
    super(`${place} ${problem}. Git keeps it for good: correct it, then send the edit again.`, {
      errors: [{ field, detail: problem }],
    });
  }
}
/** Most paths that an error names; there may be thousands. */
const MOST_NAMED = 20;

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

/** Processes ended while they inspected the text, perhaps for another reason. */
export class InspectionInterrupted extends DomainError {
  readonly kind = 'unavailable';
  readonly code = 'inspection_interrupted';
  constructor(path: string, retryAfterMs: number) {
    const seconds = Math.ceil(retryAfterMs / 1_000);
    super(
      `${path}: the service ended while it inspected this text. Save it again in ${seconds} seconds, or change it.`,
      { retryAfterMs },
    );
  }
}

/** The file was changed after the caller read it. */
export class VersionConflict extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'version_conflict';
  constructor(readonly paths: readonly string[]) {
    const more = paths.length > MOST_NAMED ? ` and ${paths.length - MOST_NAMED} more` : '';
    super(
      `${paths.slice(0, MOST_NAMED).join(', ')}${more} ${paths.length === 1 ? 'was' : 'were'} changed in the meantime. Read again and repeat your edit.`,
    );
  }
}

/** There is no file at the path. */
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
    super(
      `Version ${id} of this file does not exist or has no content. List the history to see the versions.`,
    );
  }
}

export class NothingToUndo extends DomainError {
  readonly kind = 'not-found';
  readonly code = 'not_found';
  constructor(runId: string) {
    super(
      `Run ${runId} changed no context file, or its history is no longer kept: there is nothing to undo. See the list of runs.`,
    );
  }
}

export class NoLongerKept extends DomainError {
  readonly kind = 'not-found';
  readonly code = 'not_found';
  constructor(what: string) {
    super(`${what} is older than the history that is kept here. Take the texts from Git's history.`);
  }
}

/** The org's files would be more, or larger, than it may have. */
export class QuotaExceeded extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'quota_exceeded';
  constructor({ maxBytes, maxFiles }: Quota, after: Usage, what: keyof Usage) {
    const most = { files: `${count(maxFiles)} files`, bytes: `${count(maxBytes)} bytes of files` };
    super(
      `With this the organisation would have ${count(after[what])} ${what}, and it may have ${most[what]}. ` +
        'Delete files that are no longer needed, or ask the operator for a larger quota, and repeat your edit.',
    );
  }
}

const count = (number: number) => number.toLocaleString('en');

export class TooManyOperations extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'too_many_operations';
  constructor(
    /** One clause. */
    why: string,
  ) {
    super(`The change has ${why}. Split it into several changes.`);
  }
}

export class FileBodyNotText extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'unsupported_media_type';
  constructor() {
    super('The body has to be the text of the file itself. Send it as text/markdown or application/yaml.');
  }
}
