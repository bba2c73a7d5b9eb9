import type { OrgId } from '@app/kernel';
import type { SyncTarget, TargetLocation } from '../domain/sync-target';

/** Stores each org's sync target; at most one per org. */
export abstract class SyncTargets {
  abstract find(org: OrgId): Promise<SyncTarget | null>;

  /** Returns the locations of those orgs that have a target. */
  abstract locations(orgs: readonly OrgId[]): Promise<TargetLocation[]>;

  /** Like `find`, and locks the org's target until the open transaction ends. */
  abstract hold(org: OrgId): Promise<SyncTarget | null>;

  /** Replaces the org's former target. */
  abstract save(target: SyncTarget): Promise<void>;

  /** Stores the project's present path; does nothing if the org has another target meanwhile. */
  abstract recordPath(org: OrgId, targetId: string, pathWithNamespace: string, webUrl: string): Promise<void>;

  /** Removes the target; does nothing if the org has another one meanwhile. */
  abstract remove(org: OrgId, targetId: string): Promise<void>;

  /** Returns targets by org, after the given one. Crosses orgs: only for the sweeper. */
  abstract after(org: OrgId | null, limit: number): Promise<SyncTarget[]>;
}
