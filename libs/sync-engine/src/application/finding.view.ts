import { inert, type Author } from '@app/kernel';
import type { Conflict, ConflictSide } from '../domain/findings';
import { nameOfSide, type SideName } from '../domain/side';
import type { FileState } from './queries/file-state';
import type { SyncPlan } from './queries/plan-sync';
import { authorView } from './run.view';

/** The effect that a full sync would have on each side, as shown to people. */
export interface PlanView {
  /** The commit that the plan compares. */
  readonly head: string | null;
  readonly push: SyncPlan['push'];
  readonly pull: SyncPlan['pull'];
  readonly conflicts: readonly {
    readonly path: string;
    readonly winner: SideName;
    readonly reason: string;
  }[];
  readonly quarantined: readonly { readonly path: string; readonly reason: string }[];
  /** Reasons for which GitLab would refuse a merge request. */
  readonly warnings: readonly string[];
}

/** The state of a file. `reason` is inert, `path` is exact. */
export interface FileStateView extends Omit<FileState, 'at'> {
  readonly at: string | null;
}

/** A version of a file in conflict. */
export interface ConflictSideView {
  readonly author: Author;
  readonly at: string;
  readonly version: string;
  /** The commit it came from or became. */
  readonly commit: string | null;
}

/** A conflict as shown to people, with the versions that won and lost. */
export interface ConflictView {
  readonly id: string;
  readonly path: string;
  readonly at: string;
  readonly winner: SideName;
  /** The run that found it. */
  readonly runId: string;
  /** The version that won. */
  readonly stands: ConflictSideView | null;
  /** The version that lost. */
  readonly kept: ConflictSideView;
  /** The version that both sides changed; null if there was none. */
  readonly base: ConflictSideView | null;
}

export function planView({ head, push, pull, conflicts, quarantined, warnings }: SyncPlan): PlanView {
  return {
    head,
    push,
    pull,
    conflicts: conflicts.map((conflict) => ({ ...conflict, winner: nameOfSide(conflict.winner) })),
    quarantined: quarantined.map(({ path, reason }) => ({ path, reason: inert(reason) })),
    warnings: warnings.map(inert),
  };
}

export function fileStateView(file: FileState): FileStateView {
  const { reason, quarantine, at } = file;
  return {
    ...file,
    ...(reason && { reason: inert(reason) }),
    ...(quarantine && { quarantine: { ...quarantine, message: inert(quarantine.message) } }),
    at: at?.toISOString() ?? null,
  };
}

export function conflictView({ id, path, at, winner, runId, stands, kept, base }: Conflict): ConflictView {
  return {
    ...{ id, path, at: at.toISOString(), winner: nameOfSide(winner), runId },
    stands: stands && conflictSideView(stands),
    kept: conflictSideView(kept),
    base: base && conflictSideView(base),
  };
}

function conflictSideView({ author, at, version, commit }: ConflictSide): ConflictSideView {
  return { author: authorView(author), at: at.toISOString(), version, commit };
}
