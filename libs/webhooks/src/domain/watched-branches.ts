/** Branches whose pushes mean work for the sync. */
export interface Watched {
  readonly branch: string;
  /** Carries changes to a merge request; null while they are pushed directly. */
  readonly workBranch: string | null;
}

interface Target {
  readonly branch: string;
  readonly publish: 'direct' | 'merge_request';
  readonly workBranch: string;
}

export function watchedBy({ branch, publish, workBranch }: Target): Watched {
  return { branch, workBranch: publish === 'merge_request' ? workBranch : null };
}

/** Returns whether the branch is the work branch, or one of those with a number, used while its name is taken. */
export function isWorkBranch(name: string, { workBranch }: Watched): boolean {
  if (workBranch === null || !name.startsWith(workBranch)) return false;
  return /^(?:-[1-9]\d*)?$/.test(name.slice(workBranch.length));
}

/** Returns the patterns of the branches for GitLab's filter, the configured branch first. */
export function branchPatterns({ branch, workBranch }: Watched): readonly [string, ...string[]] {
  return workBranch === null ? [branch] : [branch, `${workBranch}*`];
}
