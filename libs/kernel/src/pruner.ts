import type { OrgId } from './org-id';

/** The result of pruning one org once. */
export interface PruneStep {
  /** Number of deleted rows. */
  readonly pruned: number;
  /** Position at which the next visit to the org continues; null if this one reached the end. */
  readonly next: string | null;
}

/** Prunes one kind of data that grows without bound, org by org. Several may run at the same time. */
export abstract class Pruner {
  /** Must stay stable: the position in the round through the orgs is stored by this name. */
  abstract readonly name: string;
  /** Returns the next orgs that have such data, in a stable order; the first ones if `org` is null. */
  abstract orgsAfter(org: OrgId | null, limit: number): Promise<OrgId[]>;
  /** Deletes a bounded part of the expired data, from the position of an earlier visit on. */
  abstract prune(org: OrgId, from: string | null): Promise<PruneStep>;
}

const DAY_MS = 24 * 60 * 60_000;

/** Returns the time `days` before `now`; with `Infinity` nothing is ever older. */
export function daysBefore(now: Date, days: number): Date {
  return new Date(Math.max(0, now.getTime() - days * DAY_MS));
}
