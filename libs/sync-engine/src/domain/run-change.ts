import type { CommitAction } from '@app/gitlab';
import type { PreviewOp } from './preview-ops';
import type { BaseBlobs } from './reconcile';

/** Effect of a run on a path. */
export interface RunChange {
  readonly path: string;
  readonly op: PreviewOp;
  /** The path it is moved from. */
  readonly from?: string;
}

/** Returns the changes of a commit, as it was sent. */
export const changesOf = (actions: readonly CommitAction[]): RunChange[] =>
  actions.map((action) =>
    action.op === 'move'
      ? { path: action.path, op: action.op, from: action.from }
      : { path: action.path, op: action.op },
  );

/** Returns the changes of a commit whose request was lost, by the base before and after it. */
export const changesAfterPush = (
  agreed: Iterable<readonly [path: string, agreed: BaseBlobs]>,
  base: ReadonlyMap<string, BaseBlobs>,
): RunChange[] =>
  [...agreed].flatMap(([path, { remote }]): RunChange[] => {
    const before = base.get(path)?.remote ?? null;
    if (before === remote) return [];
    return [{ path, op: remote === null ? 'delete' : before === null ? 'create' : 'update' }];
  });

/** Returns the joint effect of both on one path: a file that a run created and then updated was created by it. */
export function mergedChange(earlier: RunChange | undefined, later: RunChange): RunChange {
  const isNew = earlier?.op === 'create' || earlier?.op === 'move';
  return isNew && later.op === 'update' ? earlier : later;
}
