import { LFS_TRACKED } from '../../domain/lfs-rules';
import type { Quarantined } from '../../domain/findings';
import { readLfsRules } from '../guards/lfs-rules';
import type { BranchChanges, BranchRequest } from './branch-changes';

/**
 * Reads which files GitLab keeps in LFS, if that may have changed; undefined if it did not. While a file waits for the rules to change,
 * or for LFS to be switched off, they are read each time.
 */
export async function lfsRulesAt(
  { gitlab, repo }: BranchRequest,
  { head, tree, attributes }: BranchChanges,
  quarantined: ReadonlyMap<string, Quarantined>,
): Promise<string | undefined> {
  const waits = [...quarantined.values()].some(({ reason }) => reason === LFS_TRACKED);
  if (head && (attributes || waits)) return readLfsRules(gitlab, repo, head.id);
  return tree ? '' : undefined;
}
