import type { OrgId } from '@app/kernel';

/** What deliveries ask of the sync, those of many orgs at once. */
export abstract class SyncSignal {
  /** Pulls are wanted; joins the caller's transaction. Answers the runs. */
  abstract lookNow(orgs: readonly OrgId[]): Promise<ReadonlyMap<OrgId, string>>;

  /** The webhooks work, though there is nothing to look at: polling may be rare. Joins the caller's transaction. */
  abstract heard(orgs: readonly OrgId[]): Promise<void>;

  /** The commits both sides last agreed on, of those orgs that have one. */
  abstract baseCommits(orgs: readonly OrgId[]): Promise<ReadonlyMap<OrgId, string>>;
}
