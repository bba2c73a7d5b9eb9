import type { DomainError } from '@app/kernel';
import { MergeRequestExists, MergeRequestNotFound } from '../../errors/merge-request.errors';
import { BranchNotFound } from '../../errors/project.errors';
import type { NewMergeRequest } from '../../merge-request.types';
import type { ErrorBody } from '../errors/error-body';
import { ifMissing, type Translate } from '../errors/response-errors';

/** Translates the answers to a creation (docs/gitlab-api.md#create-a-merge-request). GitLab translates its texts. */
export function creationError(
  { status, text }: ErrorBody,
  { source, target }: NewMergeRequest,
): DomainError | undefined {
  if (status === 409) return new MergeRequestExists(iidIn(text));
  if (status !== 400) return undefined;
  if (/\bsource_branch\b/.test(text)) return new BranchNotFound(source);
  return /\btarget_branch\b/.test(text) ? new BranchNotFound(target) : undefined;
}

/** Translates the answers of a call about one merge request. */
export function mergeRequestError(iid: number): Translate {
  return ifMissing(() => new MergeRequestNotFound(iid));
}

function iidIn(text: string): number | null {
  const iid = Number(/!(\d{1,15})/.exec(text)?.[1]);
  return iid > 0 ? iid : null;
}
