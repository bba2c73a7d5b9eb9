import type { DomainError } from '@app/kernel';
import { BranchNotFound } from '../../errors/project.errors';
import { BranchProtected, FileChanged, PushRefused } from '../../errors/commit.errors';
import { GitLabUnavailable } from '../../errors/answer.errors';
import type { CommitAction, CommitRequest, Repo } from '../../gitlab.types';
import type { ErrorBody } from './error-body';

const MAY_NOT_PUSH = /not allowed to push (into this branch|code to (this|protected)|to protected)/i;
const CHANGED = /^The file has changed since you started editing it(?:: (?<path>.+))?$/s;
const CHANGED_ONE = /update a file that has changed since you started editing/i;
const EXISTS = /^A (file|directory) with this name already exists/i;
const MISSING = /^A file with this name doesn't exist/i;
const NO_BRANCH = /only create or edit files when you are on a branch/i;
const LOST_RACE = /reference does not point to expected object|reference update|Could not update refs\//i;
/** gRPC texts of Gitaly: cancelled, deadline, exhausted, internal, unavailable. */
const GITALY_FAILED = /^(1|4|8|13|14):|deadline exceeded|Unknown error performing git operation/i;

/**
 * Translates the answers of docs/gitlab-api.md#commit-answers that depend on the commit. GitLab's 400 covers its own
 * checks, Gitaly's, and every hook's output.
 */
export function commitError(
  { status, text }: ErrorBody,
  repo: Repo,
  request: CommitRequest,
): DomainError | undefined {
  // GitLab answers the same for a protected branch, too low a role and an archived project
  // (docs/gitlab-api.md#pitfalls).
  if ((status === 403 || status === 400) && MAY_NOT_PUSH.test(text)) return new BranchProtected(repo.branch);
  if (status !== 400) return undefined;
  const changed = CHANGED.exec(text);
  if (changed) return new FileChanged('changed', changed.groups?.path ?? null);
  if (CHANGED_ONE.test(text)) return new FileChanged('changed', null);
  if (EXISTS.test(text)) return new FileChanged('exists', onlyPath(request, ['create', 'move']));
  if (MISSING.test(text)) return new FileChanged('missing', onlyPath(request, ['update', 'delete', 'move']));
  if (NO_BRANCH.test(text)) return new BranchNotFound(repo.branch);
  if (LOST_RACE.test(text)) return new FileChanged('branch-moved', null);
  if (GITALY_FAILED.test(text)) return new GitLabUnavailable(text, { outcomeUnknown: true });
  return new PushRefused(text);
}

/**
 * GitLab names no path here (docs/gitlab-api.md#pitfalls). The path is known if only one action can have caused the
 * answer.
 */
function onlyPath({ actions }: CommitRequest, ops: readonly CommitAction['op'][]): string | null {
  const suspects = actions.filter(({ op }) => ops.includes(op));
  if (suspects.length !== 1) return null;
  const [suspect] = suspects;
  return suspect.op === 'move' && ops.includes('delete') ? suspect.from : suspect.path;
}
