import type { OrgId } from '@app/kernel';

/** What deliveries ask of the sync, those of many orgs at once. */
export abstract class SyncSignal {
  /** Begins to talk about these orgs, in a transaction and for no longer than that. */
  abstract of(orgs: readonly OrgId[]): Promise<Hearing>;
}

export interface Hearing {
  /** The commits both sides agree on, of those orgs that have one and are not about to leave it. */
  readonly baseCommits: ReadonlyMap<OrgId, string>;
  /** Pulls are wanted by some of the orgs. Answers the runs. */
  lookNow(orgs: readonly OrgId[]): Promise<ReadonlyMap<OrgId, string>>;
  /** The webhooks of some of the orgs work, though there is nothing to look at: polling may be rare. */
  heard(orgs: readonly OrgId[]): Promise<void>;
}
