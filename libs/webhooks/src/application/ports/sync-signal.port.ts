import type { OrgId } from '@app/kernel';

/** Reports push events of many orgs to the sync. */
export abstract class SyncSignal {
  /** Returns a handle for these orgs; use it within the same transaction. */
  abstract of(orgs: readonly OrgId[]): Promise<Hearing>;
}

export interface Hearing {
  /** Last common commit by org. Orgs without one, or about to leave it, are missing. */
  readonly baseCommits: ReadonlyMap<OrgId, string>;
  /**
   * Requests pulls for some of the orgs and returns their runs. `announced` names the commit if all deliveries of an
   * org name the same one.
   */
  lookNow(orgs: readonly OrgId[], announced: ReadonlyMap<OrgId, string>): Promise<ReadonlyMap<OrgId, string>>;
  /** Reports that the webhooks of some of the orgs work although there is nothing to pull: polling may be rare. */
  heard(orgs: readonly OrgId[]): Promise<void>;
}
