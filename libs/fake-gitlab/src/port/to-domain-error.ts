import type { DomainError } from '@app/kernel';
import {
  BranchExists,
  BranchNotFound,
  CommitUnknown,
  FileChanged,
  GitLabRefused,
  HookNotFound,
  ProjectNotFound,
  PushRefused,
  TokenRejected,
  TokenScopeMissing,
  WebhookNotPermitted,
  WebhookUrlRefused,
  WorkBranchNameTaken,
  WorkBranchRefused,
} from '@app/gitlab';
import type { Refusal } from '../instance/refusal';

/** Describes the request; decides what a refusal means to the caller of the port. */
export interface Asked {
  readonly projectId?: number;
  readonly branch?: string;
  readonly hook?: boolean;
}

/** Translates one refusal of the fake into the error that the HTTP adapter makes of the same response. */
export function toDomainError(refusal: Refusal, asked: Asked): DomainError {
  switch (refusal.is) {
    case 'unauthenticated':
      return new TokenRejected('invalid');
    case 'token-invalid':
      return new TokenRejected(refusal.why);
    case 'scope-missing':
      return new TokenScopeMissing(['api']);
    case 'permission-missing':
      return new TokenScopeMissing([refusal.permission]);
    case 'forbidden':
      return forbidden(refusal.why, asked);
    case 'not-found':
      return missing(refusal.what, asked);
    case 'commit-refused':
      return commitRefused(refusal, asked);
    case 'bad-request':
      return new GitLabRefused(400, refusal.why);
    case 'bad-parameter':
      return asked.hook
        ? new WebhookUrlRefused(refusal.error)
        : new GitLabRefused(refusal.status, refusal.error);
    case 'invalid':
      return new GitLabRefused(refusal.status, JSON.stringify(refusal.attributes));
    case 'moved':
      return new GitLabRefused(301, 'This resource has been moved permanently');
    case 'message':
      return new GitLabRefused(refusal.status, String(refusal.message));
  }
}

function forbidden(why: string | undefined, { hook }: Asked): DomainError {
  if (why?.includes('blocked')) return new TokenRejected('blocked');
  return hook ? new WebhookNotPermitted() : new GitLabRefused(403, why ?? 'Forbidden');
}

function missing(what: string | undefined, { projectId, branch, hook }: Asked): DomainError {
  if (what === 'Project' && projectId !== undefined) return new ProjectNotFound(projectId);
  if (what === 'Branch' && branch !== undefined) return new BranchNotFound(branch);
  return hook ? new HookNotFound() : new GitLabRefused(404, `${what ?? 'it is'} not found`);
}

function commitRefused(refusal: Refusal & { is: 'commit-refused' }, { branch = '' }: Asked): DomainError {
  switch (refusal.because) {
    case 'changed':
    case 'exists':
    case 'missing':
    case 'branch-moved':
      return new FileChanged(refusal.because, refusal.path ?? null);
    case 'no-branch':
      return new BranchNotFound(refusal.path ?? branch);
    case 'no-start':
      return new CommitUnknown(refusal.path ?? '');
    case 'branch-exists':
      return new BranchExists(branch);
    case 'branch-name':
      return new WorkBranchRefused(branch, refusal.said);
    case 'branch-name-taken':
      return new WorkBranchNameTaken(branch);
    case 'push-rule':
    case 'invalid':
      return new PushRefused(refusal.said);
  }
}
