import type { OrgId } from '@app/kernel';
import type { SyncTarget, TargetLocation } from '../domain/sync-target';

/** Each org's sync target; at most one per org. */
export abstract class SyncTargets {
  abstract find(org: OrgId): Promise<SyncTarget | null>;

  /** Of those of the orgs that have one. */
  abstract locations(orgs: readonly OrgId[]): Promise<TargetLocation[]>;

  /** Like `find`; until the open transaction ends no other holds the org's target. */
  abstract hold(org: OrgId): Promise<SyncTarget | null>;

  /** In place of the org's former one. */
  abstract save(target: SyncTarget): Promise<void>;

  /** Notes where the project is now; nothing where the target is another meanwhile. */
  abstract recordPath(org: OrgId, targetId: string, pathWithNamespace: string, webUrl: string): Promise<void>;

  /** Nothing where the target is another meanwhile. */
  abstract remove(org: OrgId, targetId: string): Promise<void>;

  /** By org, those after the given one. Crosses orgs: for the sweeper alone. */
  abstract after(org: OrgId | null, limit: number): Promise<SyncTarget[]>;
}
