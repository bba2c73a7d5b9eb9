import { isOf, type KeptOut, type Notice } from './notice';

/** Most paths that a message lists. */
export const MOST_PATHS = 20;

interface Turn {
  /** True if the file was kept out before the first of the notices. */
  readonly before: boolean;
  readonly now: KeptOut | null;
}

/** Folds notices about files into what changed by all of them. A file that is as it was before is left out. */
export function foldFiles(notices: readonly Notice[]): Notice[] {
  const turns = new Map<string, Turn>();
  const turn = (path: string, now: KeptOut | null) =>
    turns.set(path, { before: turns.get(path)?.before ?? now === null, now });
  for (const notice of notices) {
    if (notice.kind === 'files_kept_out') for (const file of notice.list) turn(file.path, file);
    if (notice.kind === 'files_let_in') for (const path of notice.paths) turn(path, null);
  }
  const changed = [...turns].filter(([, { before, now }]) => before !== (now !== null));
  const list = changed.flatMap(([, { now }]) => (now ? [now] : []));
  const paths = changed.flatMap(([path, { now }]) => (now ? [] : [path]));
  const org = notices[0]?.org;
  return [
    ...(list.length
      ? [{ kind: 'files_kept_out' as const, org, files: list.length, list: list.slice(0, MOST_PATHS) }]
      : []),
    ...(paths.length
      ? [{ kind: 'files_let_in' as const, org, files: paths.length, paths: paths.slice(0, MOST_PATHS) }]
      : []),
  ];
}

/** Folds notices of conflicts into one; null if there are none. */
export function foldConflicts(notices: readonly Notice[]): Notice | null {
  const all = notices.filter(isOf('conflicts_kept'));
  if (!all.length) return null;
  const paths = [...new Set(all.flatMap((notice) => notice.paths))];
  return {
    kind: 'conflicts_kept',
    org: all[0].org,
    files: paths.length,
    paths: paths.slice(0, MOST_PATHS),
  };
}
