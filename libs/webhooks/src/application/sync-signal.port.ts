import type { OrgId } from '@app/kernel';

/** What a delivery asks of the sync. */
export abstract class SyncSignal {
  /** A pull is wanted; joins the caller's transaction. Answers the run, or null where none was queued. */
  abstract lookNow(org: OrgId): Promise<string | null>;

  /** The webhook works, though there is nothing to look at: polling may be rare. Joins the caller's transaction. */
  abstract heard(org: OrgId): Promise<void>;

  /** The commit both sides last agreed on. */
  abstract baseCommit(org: OrgId): Promise<string | null>;
}
