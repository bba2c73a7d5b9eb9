import type { DomainError } from '@app/kernel';
import { BranchNotFound } from '../../errors/project.errors';
import {
  BranchExists,
  BranchProtected,
  CommitUnknown,
  FileChanged,
  PushRefused,
  WorkBranchNameTaken,
  WorkBranchRefused,
} from '../../errors/commit.errors';
import { GitLabUnavailable } from '../../errors/answer.errors';
import type { CommitAction, CommitRequest, Repo } from '../../gitlab.types';
import type { ErrorBody } from './error-body';

const MAY_NOT_PUSH = /not allowed to push (into this branch|code to (this|protected)|to protected)/i;
const CHANGED = /^The file has changed since you started editing it(?:: (?<path>.+))?$/s;
const CHANGED_ONE = /update a file that has changed since you started editing/i;
const EXISTS = /^A (file|directory) with this name already exists/i;
const MISSING = /^A file with this name doesn't exist/i;
const NO_BRANCH = /only create or edit files when you are on a branch/i;
const BRANCH_EXISTS = /^A branch called .* already exists|for you: Branch already exists/s;
const BAD_NAME = /Branch name does not follow the pattern|for you: Branch name is invalid/;
/** Git's text and Gitaly's about a branch `dot` beside `dot/x`. */
const NAME_TAKEN = /exists; cannot create|"refs\/heads\/.+" conflicts with "/;
const NO_START = /^(Invalid|Cannot find) start_sha/;
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
  if (BRANCH_EXISTS.test(text)) return new BranchExists(repo.branch);
  if (BAD_NAME.test(text)) return new WorkBranchRefused(repo.branch, text);
  if (NAME_TAKEN.test(text)) return new WorkBranchNameTaken(repo.branch);
  if (NO_START.test(text)) return new CommitUnknown(startOf(request, 'commit') ?? '');
  if (NO_BRANCH.test(text)) return new BranchNotFound(startOf(request, 'branch') ?? repo.branch);
  if (LOST_RACE.test(text)) return new FileChanged('branch-moved', null);
  if (GITALY_FAILED.test(text)) return new GitLabUnavailable(text, { outcomeUnknown: true });
  return new PushRefused(text);
}

function startOf({ start }: CommitRequest, kind: 'branch' | 'commit'): string | undefined {
  return start && kind in start ? Object.values(start)[0] : undefined;
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
