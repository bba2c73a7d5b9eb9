import type { OrgId } from '@app/kernel';
import type { RunKind } from '../../domain/run';
import type { SyncState } from '../../domain/sync-state';

/** Right to sync an org, held by one pass at a time: each has its own owner. The fencing number grows with each holder. */
export interface Lease {
  readonly org: OrgId;
  readonly owner: string;
  readonly fence: number;
}

/** A lease, and the state at the moment it was had. */
export interface Held {
  readonly lease: Lease;
  readonly state: SyncState;
}

export type StatePatch = Partial<Omit<SyncState, 'org'>>;

/** State that the webhook handler reads for many orgs per query. */
export type WebhookContext = Pick<SyncState, 'baseCommit' | 'blocked' | 'webhookSeenAt'> & {
  /** Head of the work branch as last seen; null without one. */
  readonly workCommit: string | null;
  /** True while a pass is running. */
  readonly taken: boolean;
};

/** Sync state of each org: its progress and its lease. Uses the database's time. */
export abstract class SyncStates {
  /** The state, made if there is none. */
  abstract load(org: OrgId): Promise<SyncState>;

  /**
   * Takes the lease; returns null while another worker holds it. Taking over an expired lease raises the fence. In the
   * caller's transaction, a crash of the database may lose the lease and reuse its fence. That ends when something is
   * recorded under it; `hold` then refuses the old owner.
   */
  abstract acquire(org: OrgId, owner: string, ttlMs: number): Promise<Held | null>;
  /** Gives the lease back, writing the named fields with it; nothing when it is lost or given back already. */
  abstract release(lease: Lease, patch?: StatePatch): Promise<void>;

  /** Inside a transaction: locks the org's state to its end and renews the lease. @throws LeaseLost when it has passed on */
  abstract hold(lease: Lease, ttlMs: number): Promise<void>;
  /** Writes the named fields only, after `hold` in the same transaction: others may be changed without the lease meanwhile. */
  abstract save(org: OrgId, patch: StatePatch): Promise<void>;

  /** Clears the back-off and the refusals of GitLab without a lease, because a person asked to try now. */
  abstract attemptNow(org: OrgId, now: Date): Promise<void>;
  /** Lifts a block without a lease, because a person acted; returns the block. */
  abstract unblock(org: OrgId): Promise<SyncState['blocked']>;
  /**
   * Takes a kind of runs out of the block without a lease, because a person cancelled one; a block of no other kind is
   * lifted.
   */
  abstract dropBlocked(org: OrgId, kind: RunKind): Promise<void>;
  /** Makes the stops of these orgs due for a retry at `at`, without a lease; may skip an org whose state is locked. */
  abstract retryBlocked(orgs: readonly OrgId[], at: Date): Promise<void>;
  /** Notes that webhooks arrived. May skip an org whose state is locked, because the next webhook notes it again. */
  abstract noteWebhooks(orgs: readonly OrgId[], at: Date): Promise<void>;
  /** The part of the states that webhooks are judged by, of those orgs that have one. */
  abstract webhookContext(orgs: readonly OrgId[]): Promise<Map<OrgId, WebhookContext>>;
  /** The whole states of those of the orgs that have one. */
  abstract loadAll(orgs: readonly OrgId[]): Promise<Map<OrgId, SyncState>>;

  /** Returns orgs without a lease that have work to do now or a poll that is due. The only query over all orgs. */
  abstract due(now: Date, limit: number): Promise<OrgId[]>;
}
