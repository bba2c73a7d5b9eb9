import { Column, Entity, Generated, Index, PrimaryColumn } from 'typeorm';
import { bigintAsNumber } from '@app/database';
import type { Author, Blob, OrgId } from '@app/kernel';
import type { ConflictSide } from '../domain/findings';
import type { PreviewOp } from '../domain/preview-ops';
import type { RunError, RunKind, RunStatus, RunTrigger } from '../domain/run';
import type { RunCounts } from '../domain/run-counts';
import type { SideName } from '../domain/side';
import type { Blocked, DeletionQuestion, InFlight } from '../domain/sync-state';

export interface StoredError {
  readonly code: string;
  readonly detail: string;
  readonly by?: RunError['by'];
  readonly retryAt: string | null;
}

export type StoredSide = Omit<ConflictSide, 'at'> & { readonly at: string };

export type StoredBlocked = Omit<Blocked, 'tries' | 'retryAt'> & {
  readonly tries?: number;
  readonly retryAt?: string;
};

/** The names are those of the first release, and stay. */
export type StoredInFlight = Omit<InFlight, 'agreed' | 'landedAs'> & {
  readonly agreed: readonly (readonly [
    path: string,
    blobs: { readonly gitlab: Blob | null; readonly dot: Blob | null },
  ])[];
  readonly made?: string;
};

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

@Entity('sync_runs')
@Index('sync_runs_newest_first', { synchronize: false })
@Index('sync_runs_to_do', { synchronize: false })
@Index('sync_runs_open', ['org', 'kind'], { where: 'finished_at IS NULL' })
@Index('one_untried_run_per_kind', ['org', 'kind'], {
  unique: true,
  where: `status = 'queued' AND attempt = 0`,
})
export class SyncRunRow {
  @PrimaryColumn('uuid')
  id: string;
  /** Order of creation, which clocks cannot give. */
  @Column({ type: 'bigint', insert: false, update: false, transformer: bigintAsNumber })
  @Generated('increment')
  seq: number;
  @Column('text')
  org: OrgId;
  @Column('text')
  kind: RunKind;
  @Column('text')
  trigger: RunTrigger;
  @Column('text')
  status: RunStatus;
  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
  @Column('timestamptz', { name: 'started_at', nullable: true })
  startedAt: Date | null;
  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt: Date | null;
  @Column('jsonb')
  progress: { done: number; total: number };
  @Column('jsonb')
  counts: RunCounts;
  @Column('text', { array: true })
  commits: string[];
  @Column('integer', { name: 'api_calls' })
  apiCalls: number;
  @Column('integer')
  attempt: number;
  @Column('jsonb', { nullable: true })
  error: StoredError | null;
  @Column('boolean')
  confirmed: boolean;
  @Column('boolean', { default: false })
  kept: boolean;
  @Column('text', { nullable: true })
  head: string | null;
  @Column('text', { nullable: true })
  title: string | null;
  @Column('jsonb', { nullable: true })
  author: Author | null;
  @Column('text', { array: true, default: [] })
  took: string[];
  @Column('text', { name: 'requested_by', nullable: true })
  requestedBy: string | null;
  @Column('text', { nullable: true })
  announced: string | null;
}

/** Changes that a run asks about or pushed; the history of the context store has the pulled ones. */
@Entity('sync_run_changes')
export class RunChangeRow {
  @PrimaryColumn('text')
  org: OrgId;
  @PrimaryColumn('uuid', { name: 'run_id' })
  runId: string;
  @PrimaryColumn('text', { collation: 'C' })
  path: string;
  @Column('text')
  op: PreviewOp;
  @Column('text', { name: 'from_path', nullable: true })
  from: string | null;
}

@Entity('sync_conflicts')
@Index('sync_conflicts_open', { synchronize: false })
@Index('sync_conflicts_of_version', ['org', 'keptVersion'])
export class ConflictRow {
  @PrimaryColumn('uuid')
  id: string;
  @Column({ type: 'bigint', insert: false, update: false, transformer: bigintAsNumber })
  @Generated('increment')
  seq: number;
  @Column('text')
  org: OrgId;
  @Column('text')
  path: string;
  @Column('timestamptz')
  at: Date;
  @Column('text')
  winner: SideName;
  @Column('uuid', { name: 'run_id' })
  runId: string;
  @Column('text', { name: 'kept_author_name' })
  keptAuthorName: string;
  @Column('text', { name: 'kept_author_email' })
  keptAuthorEmail: string;
  @Column('timestamptz', { name: 'kept_at' })
  keptAt: Date;
  @Column('text', { name: 'kept_version' })
  keptVersion: string;
  @Column('text', { name: 'kept_commit', nullable: true })
  keptCommit: string | null;
  @Column('jsonb', { nullable: true })
  stands: StoredSide | null;
  @Column('jsonb', { nullable: true })
  base: StoredSide | null;
  @Column('boolean', { default: false })
  closed: boolean;
}

@Entity('sync_quarantine')
export class QuarantineRow {
  @PrimaryColumn('text')
  org: OrgId;
  @PrimaryColumn('text', { collation: 'C' })
  path: string;
  @Column('text')
  side: SideName;
  @Column('text', { nullable: true })
  blob: string | null;
  @Column('text')
  reason: string;
  @Column('text')
  detail: string;
  @Column('timestamptz')
  at: Date;
  /** Size in bytes; null if it does not matter. */
  @Column('integer', { nullable: true })
  size?: number | null;
  @Column('integer', { name: 'line_number', nullable: true })
  line?: number | null;
  @Column('integer', { name: 'column_number', nullable: true })
  column?: number | null;
}

@Entity('sync_allowed')
export class AllowedRow {
  @PrimaryColumn('text')
  org: OrgId;
  @PrimaryColumn('text')
  fingerprint: string;
  @Column('timestamptz')
  at: Date;
}

export const syncEngineRows = [
  SyncStateRow,
  AgreedRow,
  SyncRunRow,
  RunChangeRow,
  ConflictRow,
  QuarantineRow,
  AllowedRow,
];
