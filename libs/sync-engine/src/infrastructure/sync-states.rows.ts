import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigintAsNumber } from '@app/database';
import type { OrgId } from '@app/kernel';
import type { DeletionQuestion } from '../domain/sync-state';
import type { StoredBlocked, StoredError } from './stored-error';
import type { StoredInFlight } from './stored-in-flight';
import type { StoredProposal } from './stored-proposal';

@Entity('sync_states')
@Index('sync_states_next_poll', ['nextPollAt'], { where: 'next_poll_at IS NOT NULL' })
@Index('sync_states_blocked', ['org'], { where: 'blocked IS NOT NULL' })
@Index('sync_states_held', ['heldRetryAt'], { where: 'held_retry_at IS NOT NULL' })
@Index('sync_states_inspect', ['inspectRetryAt'], { where: 'inspect_retry_at IS NOT NULL' })
@Index('sync_states_retrying', ['org'], { where: 'next_attempt_at IS NOT NULL' })
export class SyncStateRow {
  @PrimaryColumn('text')
  org: OrgId;
  @Column('uuid', { name: 'target_id', nullable: true })
  targetId: string | null;
  @Column('text', { array: true, nullable: true })
  directories: string[] | null;
  @Column('text', { name: 'base_commit', nullable: true })
  baseCommit: string | null;
  @Column('bigint', { name: 'pushed_revision', default: 0, transformer: bigintAsNumber })
  pushedRevision: number;
  @Column('boolean', { name: 'shipment_due', default: false })
  snapshotDue: boolean;
  @Column('jsonb', { name: 'in_flight', nullable: true })
  inFlight: StoredInFlight | null;
  @Column('jsonb', { nullable: true })
  blocked: StoredBlocked | null;
  @Column('jsonb', { nullable: true })
  question: DeletionQuestion | null;
  @Column('jsonb', { nullable: true })
  failure: StoredError | null;
  @Column('integer', { default: 0 })
  failures: number;
  @Column('timestamptz', { name: 'next_attempt_at', nullable: true })
  nextAttemptAt: Date | null;
  @Column('timestamptz', { name: 'next_poll_at', nullable: true })
  nextPollAt: Date | null;
  @Column('integer', { name: 'held_tries', default: 0 })
  heldTries: number;
  @Column('timestamptz', { name: 'held_retry_at', nullable: true })
  heldRetryAt: Date | null;
  @Column('timestamptz', { name: 'inspect_retry_at', nullable: true })
  inspectRetryAt: Date | null;
  @Column('timestamptz', { name: 'webhook_seen_at', nullable: true })
  webhookSeenAt: Date | null;
  @Column('timestamptz', { name: 'last_synced_at', nullable: true })
  lastSyncedAt: Date | null;
  @Column('timestamptz', { name: 'compare_all_at', nullable: true })
  compareAllAt: Date | null;
  @Column('text', { name: 'lfs_rules', nullable: true })
  lfsRules: string | null;
  @Column('jsonb', { nullable: true })
  proposal: StoredProposal | null;
  @Column('timestamptz', { name: 'push_after', nullable: true })
  pushAfter: Date | null;
  @Column('text', { name: 'lease_owner', nullable: true })
  leaseOwner: string | null;
  @Column('timestamptz', { name: 'lease_until', nullable: true })
  leaseUntil: Date | null;
  @Column('bigint', { default: 0, transformer: bigintAsNumber })
  fence: number;
}

@Entity('sync_agreed')
@Index('sync_agreed_deletion_waits', ['org'], { where: 'deletion_waits' })
export class AgreedRow {
  @PrimaryColumn('text')
  org: OrgId;
  @PrimaryColumn('text', { collation: 'C' })
  path: string;
  @Column('text', { name: 'gitlab_blob', nullable: true })
  gitlab: string | null;
  @Column('text', { name: 'dot_blob', nullable: true })
  dot: string | null;
  @Column('bigint', { name: 'settled_to', transformer: bigintAsNumber })
  supersededUpTo: number;
  @Column('text', { name: 'seen_at', nullable: true })
  seenAt: string | null;
  @Column('boolean', { name: 'deletion_waits', default: false })
  deletionWaits: boolean;
}

/** Entries of the work branch, beside those of the target in `sync_agreed`. */
@Entity('sync_proposed')
export class ProposedRow {
  @PrimaryColumn('text')
  org: OrgId;
  @PrimaryColumn('text', { collation: 'C' })
  path: string;
  @Column('text', { name: 'gitlab_blob', nullable: true })
  gitlab: string | null;
  @Column('text', { name: 'dot_blob', nullable: true })
  dot: string | null;
  @Column('bigint', { name: 'settled_to', transformer: bigintAsNumber })
  supersededUpTo: number;
  @Column('text', { name: 'seen_at', nullable: true })
  seenAt: string | null;
  @Column('text', { name: 'start_blob', nullable: true })
  start: string | null;
}
