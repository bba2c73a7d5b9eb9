import { CommitUnknown, type CommitMade } from '@app/gitlab';
import type { InFlight } from '../../domain/sync-state';
import { changeTrailer } from '../../domain/trailers';
import type { SyncPass } from '../pass/sync-pass';

/** Returns the commit with the change id in flight, among those since the base; null if GitLab has none. */
export async function lookUp(
  { gitlab, repo, state }: SyncPass,
  { id }: InFlight,
): Promise<CommitMade | null> {
  try {
    return await gitlab.findCommit(repo, state.baseCommit, changeTrailer(id));
  } catch (error) {
    if (error instanceof CommitUnknown) return gitlab.findCommit(repo, null, changeTrailer(id));
    throw error;
  }
}

/**
 * Looks up the commit; "not found" counts only if the branch exists. A branch that is gone may come back with the
 * commit.
 * @throws BranchNotFound
 */
export async function lookUpSurely(pass: SyncPass, inFlight: InFlight): Promise<CommitMade | null> {
  const found = await lookUp(pass, inFlight);
  const { gitlab, repo, state } = pass;
  if (!found && state.baseCommit !== null) await gitlab.branch(repo.projectId, repo.branch);
  return found;
}
