/** The reason why a commit was refused, in addition to GitLab's text. */
export type CommitRefusal =
  | 'changed'
  | 'exists'
  | 'missing'
  | 'no-branch'
  | 'no-start'
  | 'branch-exists'
  | 'branch-name'
  | 'branch-name-taken'
  | 'branch-moved'
  | 'push-rule'
  | 'invalid';

/** A refusal of GitLab. One face renders it as an HTTP response, the other as an error of the port. */
export type Refusal =
  | { readonly is: 'unauthenticated' }
  | { readonly is: 'token-invalid'; readonly why: 'expired' | 'revoked' }
  | { readonly is: 'scope-missing'; readonly needed: readonly string[] }
  | { readonly is: 'permission-missing'; readonly permission: string }
  | { readonly is: 'forbidden'; readonly why?: string }
  | { readonly is: 'not-found'; readonly what?: string }
  | { readonly is: 'moved'; readonly projectId: number }
  | { readonly is: 'bad-request'; readonly why: string }
  | { readonly is: 'bad-parameter'; readonly status: 400 | 403 | 404 | 422; readonly error: string }
  | {
      readonly is: 'commit-refused';
      readonly because: CommitRefusal;
      readonly said: string;
      /** The path of the file, or the name of the branch or commit. */
      readonly path?: string;
    }
  | {
      readonly is: 'invalid';
      readonly status: 400 | 422;
      readonly attributes: Record<string, readonly string[]>;
    }
  | {
      readonly is: 'message';
      readonly status: number;
      readonly message: string | readonly string[] | Record<string, unknown>;
    };

export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(`refused: ${JSON.stringify(refusal)}`);
  }
}

export function notFound(what?: string): Refused {
  return new Refused({ is: 'not-found', what });
}

export function badRequest(why: string): Refused {
  return new Refused({ is: 'bad-request', why });
}

export function commitRefused(because: CommitRefusal, said: string, path?: string): Refused {
  return new Refused({ is: 'commit-refused', because, said, path });
}
