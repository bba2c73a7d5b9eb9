import type { OrgId } from './org-id';

/** What became of a visit to one org. */
export interface PruneStep {
  /** Rows that were taken away. */
  readonly pruned: number;
  /** Where the next visit to the org goes on; null where it was looked at to its end. */
  readonly next: string | null;
}

/** One kind of data that grows without bound, pruned org by org. Several at once are harmless. */
export abstract class Pruner {
  /** Stable: how far its round through the orgs has come is remembered under it. */
  abstract readonly name: string;
  /** The next orgs that have such data, in a lasting order; the first where `org` is null. */
  abstract orgsAfter(org: OrgId | null, limit: number): Promise<OrgId[]>;
  /** Takes away what is no longer kept: a bounded part of it, from where an earlier visit came to. */
  abstract prune(org: OrgId, from: string | null): Promise<PruneStep>;
}

const DAY_MS = 24 * 60 * 60_000;

/** The moment so many days before `now`; with `Infinity` nothing is ever older. */
export function daysBefore(now: Date, days: number): Date {
  return new Date(Math.max(0, now.getTime() - days * DAY_MS));
}
