import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { OrgId } from '@app/kernel';
import type { CommitResult } from '../domain/commit-report';

@Entity('sync_commit_reports')
@Index('sync_commit_reports_due', ['dueAt'], { where: 'ended_at IS NULL' })
export class CommitReportRow {
  @PrimaryColumn('text')
  org: OrgId;
  @PrimaryColumn('text')
  commit: string;
  @Column('uuid', { name: 'run_id' })
  runId: string;
  @Column('uuid', { name: 'target_id' })
  targetId: string;
  @Column('text')
  state: CommitResult['state'];
  @Column('text')
  description: string;
  @Column('integer', { default: 0 })
  attempts: number;
  /** Attempts whose outcome is not known. */
  @Column('integer', { default: 0 })
  doubts: number;
  @Column('timestamptz', { name: 'due_at' })
  dueAt: Date;
  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt: Date | null;
}
