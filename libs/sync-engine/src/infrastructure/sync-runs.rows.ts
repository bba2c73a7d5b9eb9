import { Column, Entity, Generated, Index, PrimaryColumn } from 'typeorm';
import { bigintAsNumber } from '@app/database';
import type { Author, OrgId } from '@app/kernel';
import type { PreviewOp } from '../domain/preview-ops';
import type { RunIntent, RunKind, RunStatus, RunTrigger } from '../domain/run';
import type { RunCounts } from '../domain/run-counts';
import type { StoredError } from './stored-error';

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
  intent: RunIntent | null;
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
  @Column('text', { array: true, default: [] })
  traces: string[];
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
