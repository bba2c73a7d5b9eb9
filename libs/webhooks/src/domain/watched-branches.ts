/** The branches whose pushes mean work for the sync: the configured one first. */
export type WatchedBranches = readonly [string, ...string[]];

/** Names of work branches that a hook delivers. Polling finds the pushes to further ones. */
const WORK_BRANCHES = 5;

interface Watched {
  readonly branch: string;
  readonly publish: 'direct' | 'merge_request';
  readonly workBranch: string;
}

/** Returns the branches that the hook of a target has to deliver. A work branch gets a number while its name is taken. */
export function watchedBranches({ branch, publish, workBranch }: Watched): WatchedBranches {
  if (publish === 'direct') return [branch];
  const numbered = Array.from({ length: WORK_BRANCHES - 1 }, (_, n) => `${workBranch}-${n + 2}`);
  return [branch, workBranch, ...numbered];
}
