import type { PathProblem } from '@app/context-store';
import { inertPath, inspectPath } from '@app/context-store/core';
import type { ChangedPath, EntryKind } from '@app/gitlab';

import { ancestors } from '../../domain/commit-plan';
import type { SyncPolicy } from '../../domain/sync-policy';

/** A path that no file in Dot can have, as GitLab shows it, and why. */
export type Misfit = PathProblem & { readonly path: string };

/**
 * Returns the context files, and directories that bear a context file's name: writing such a file would destroy the directory.
 * Misfits stand among them in an inert form, by which they can be stored and shown.
 */
export function pathsToPull(
  paths: Iterable<ChangedPath>,
  policy: SyncPolicy,
): { readonly changed: Map<string, EntryKind | null>; readonly misfits: Map<string, Misfit> } {
  const changed = new Map<string, EntryKind | null>();
  const misfits = new Map<string, Misfit>();
  const inert = (path: string): string => {
    const flaw = inspectPath(path);
    if (!flaw) return path;
    const shown = inertPath(path);
    misfits.set(shown, { ...flaw, path });
    return shown;
  };
  for (const { path, kind } of paths) {
    if (kind !== null && kind !== 'directory') {
      for (const parent of ancestors(path))
        if (policy.mayPull(parent)) changed.set(inert(parent), 'directory');
    }
    if (!policy.mayPull(path)) continue;
    const shown = inert(path);
    if (!changed.has(shown)) changed.set(shown, kind);
  }
  return { changed, misfits };
}

/** Checks whether a directory with a context file's name may have lost its last file; the tree decides. */
export function mayHaveFreedName(paths: readonly ChangedPath[], policy: SyncPolicy): boolean {
  return paths.some(
    ({ path, kind }) => kind === null && ancestors(path).some((parent) => policy.mayPull(parent)),
  );
}
