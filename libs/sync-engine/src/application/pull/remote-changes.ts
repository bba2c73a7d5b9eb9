import type { OrgId } from '@app/kernel';
import type { Proposal } from '../../domain/proposal';
import type { ConflictPolicy } from '../../domain/conflict';
import type { Quarantined } from '../../domain/findings';
import type { BranchChanges, BranchRequest } from './branch-changes';

export interface DiscoverRequest extends BranchRequest {
  readonly org: OrgId;
  readonly onConflict: ConflictPolicy;
  /** Paths of files that are read even if no comparison names them. */
  readonly doubted?: readonly string[];
  /** The proposal to this branch; absent if none can land here. */
  readonly proposal?: Proposal | null;
  /** True if the stored base belongs to a former target. */
  readonly withoutBase?: boolean;
}

/** Changes on GitLab, with Dot's knowledge of the paths. */
export interface RemoteChanges extends BranchChanges {
  readonly quarantined: ReadonlyMap<string, Quarantined>;
  /** GitLab's files that Dot could not take, and now may: GitLab's text counts as never seen. */
  readonly freed: ReadonlySet<string>;
  /** Freed files that no answer named: GitLab may have deleted them meanwhile. */
  readonly unannounced: ReadonlySet<string>;
  /** Which files GitLab keeps in LFS; undefined if that is as it was. */
  readonly lfsRules: string | undefined;
}

/** Returns the paths that GitLab named: each one without a decision is as the base says. */
export function namedPaths(
  { doubted }: DiscoverRequest,
  { tree, changed, unannounced }: RemoteChanges,
): Set<string> {
  if (tree) return new Set(doubted);
  return new Set([...changed.keys()].filter((path) => !unannounced.has(path)));
}
