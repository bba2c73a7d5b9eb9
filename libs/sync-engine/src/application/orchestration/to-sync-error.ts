import { BranchNotFound, ProjectNotFound } from '@app/gitlab';
import { BranchGone, ProjectGone } from '../../domain/sync.errors';

/** Maps the errors of a missing project or branch to those of a run, which say that it is gone. */
export function toSyncError(error: unknown, branch: string): unknown {
  if (error instanceof BranchNotFound) return new BranchGone(branch);
  if (error instanceof ProjectNotFound) return new ProjectGone();
  return error;
}
