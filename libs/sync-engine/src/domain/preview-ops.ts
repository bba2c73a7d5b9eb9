import type { Blob } from '@app/kernel';

/** The effect on one file. */
export type PreviewOp = 'create' | 'update' | 'delete' | 'move';

/** Change of a path on the written side, before and after; null is absent. */
export interface PathChange {
  readonly path: string;
  readonly before: Blob | null;
  readonly after: Blob | null;
}

/**
 * Returns the changes as a person would name them. A file that leaves while an equal one arrives has moved, and is
 * listed only by its new name.
 */
export function previewOps(outlooks: readonly PathChange[]): { path: string; op: PreviewOp }[] {
  const goes = new Map<Blob, string[]>();
  for (const { path, before, after } of outlooks) {
    if (before !== null && after === null) goes.set(before, [...(goes.get(before) ?? []), path]);
  }
  const moved = new Set<string>();
  const ops = outlooks.map(({ path, before, after }): { path: string; op: PreviewOp } => {
    if (after === null) return { path, op: 'delete' };
    if (before !== null) return { path, op: 'update' };
    const from = goes.get(after)?.shift();
    if (from === undefined) return { path, op: 'create' };
    moved.add(from);
    return { path, op: 'move' };
  });
  return ops.filter(({ path }) => !moved.has(path));
}
