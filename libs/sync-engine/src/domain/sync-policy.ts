import type { Scope } from '@app/kernel';
import type { ConflictPolicy } from './conflict';
import { sideNamed, type SideName } from './side';
import type { SyncState } from './sync-state';

/** The part of a target that the policy follows from. */
export interface PolicyTarget {
  readonly id: string;
  readonly scope: Scope;
  readonly onConflict: 'newest' | SideName;
}

/** Decides which paths may be synced at a target, and which side wins there. */
export class SyncPolicy {
  constructor(private readonly target: PolicyTarget) {}

  /** Checks whether Dot's file at the path may be written to GitLab. */
  mayPush(path: string): boolean {
    return this.target.scope.contains(path);
  }

  /** Checks whether GitLab's file at the path may be written to Dot. */
  mayPull(path: string): boolean {
    return this.target.scope.contains(path);
  }

  /** Checks whether the path takes part in the sync. */
  isSynced(path: string): boolean {
    return this.mayPush(path) || this.mayPull(path);
  }

  /** The choice made for the first sync holds until everything was compared with this target once. */
  conflictPolicy({ targetId, directories }: Pick<SyncState, 'targetId' | 'directories'>): ConflictPolicy {
    const { id, onConflict } = this.target;
    const first = targetId !== id || directories === null;
    return first && onConflict !== 'newest' ? sideNamed(onConflict) : 'newest';
  }
}
