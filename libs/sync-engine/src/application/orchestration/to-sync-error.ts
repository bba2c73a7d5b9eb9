import { BranchNotFound, ProjectNotFound } from '@app/gitlab';
import { BranchGone, ProjectGone } from '../../domain/sync.errors';

/** What was missing at set-up is gone on a run. */
export function toSyncError(error: unknown, branch: string): unknown {
  if (error instanceof BranchNotFound) return new BranchGone(branch);
  if (error instanceof ProjectNotFound) return new ProjectGone();
  return error;
}
