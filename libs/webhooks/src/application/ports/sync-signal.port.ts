import type { OrgId } from '@app/kernel';

/** What deliveries ask of the sync, those of many orgs at once. */
export abstract class SyncSignal {
  /** Begins to talk about these orgs, in a transaction and for no longer than that. */
  abstract of(orgs: readonly OrgId[]): Promise<Hearing>;
}

export interface Hearing {
  /** The commits both sides agree on, of those orgs that have one and are not about to leave it. */
  readonly baseCommits: ReadonlyMap<OrgId, string>;
  /** Requests pulls of some of the orgs and returns the runs. `announced` names the commit, if all of an org's deliveries name the same. */
  lookNow(orgs: readonly OrgId[], announced: ReadonlyMap<OrgId, string>): Promise<ReadonlyMap<OrgId, string>>;
  /** The webhooks of some of the orgs work, though there is nothing to look at: polling may be rare. */
  heard(orgs: readonly OrgId[]): Promise<void>;
}
