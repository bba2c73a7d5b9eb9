/** The branches whose pushes mean work for the sync: the configured one first. */
export type WatchedBranches = readonly [string, ...string[]];

export function watchedBranches({ branch }: { readonly branch: string }): WatchedBranches {
  return [branch];
}
