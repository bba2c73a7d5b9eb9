import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigintAsNumber } from '@app/database';
import type { Origin } from '../domain/change';

@Entity('context_heads')
@Index('context_heads_staged', ['org'], { where: '(staged_at IS NOT NULL)' })
export class ContextHeadRow {
  @PrimaryColumn('text')
  org: string;

  @Column('bigint', { transformer: bigintAsNumber })
  revision: number;

  /** Counts current files only. */
  @Column('bigint', { transformer: bigintAsNumber, default: 0 })
  bytes: number;

  @Column('integer', { default: 0 })
  files: number;

  /** When texts were last stored ahead of their change, until those without a change are pruned. */
  @Column('timestamptz', { name: 'staged_at', nullable: true })
  stagedAt: Date | null;
}

@Entity('context_files')
export class ContextFileRow {
  @PrimaryColumn('text')
  org: string;

  @PrimaryColumn('text', { collation: 'C' })
  path: string;

  @Column('text')
  blob: string;

  @Column('integer')
  size: number;

  @Column('text')
  version: string;

  @Column('bigint', { transformer: bigintAsNumber })
  revision: number;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;

  @Column('text', { name: 'author_name' })
  authorName: string;

  @Column('text', { name: 'author_email' })
  authorEmail: string;

  @Column('text')
  origin: Origin;
}

@Entity('context_changes')
@Index('one_change_per_revision', ['org', 'revision'], { unique: true })
@Index('context_changes_made_in_dot', ['org', 'revision'], { where: `(origin <> 'gitlab'::text)` })
@Index('context_changes_of_run', ['org', 'runId'], { where: '(run_id IS NOT NULL)' })
export class ContextChangeRow {
  @PrimaryColumn('text')
  org: string;

  @PrimaryColumn('text')
  id: string;

  @Column('bigint', { transformer: bigintAsNumber })
  revision: number;

  @Column('text', { name: 'author_name' })
  authorName: string;

  @Column('text', { name: 'author_email' })
  authorEmail: string;

  @Column('text')
  message: string;

  @Column('text')
  origin: Origin;

  @Column('timestamptz')
  at: Date;

  @Column('text', { name: 'run_id', nullable: true })
  runId: string | null;

  @Column('text', { nullable: true })
  commit: string | null;

  /** Set together with the commit; null if not known. */
  @Column('text', { name: 'left_out', array: true, nullable: true })
  leftOut?: string[] | null;

  /** Set when history is pruned. */
  @Column('boolean', { default: false })
  abridged?: boolean;
}

@Entity('context_versions')
@Index('context_versions_in_order', ['org', 'revision', 'position'], { unique: true })
@Index('context_versions_of_text', { synchronize: false })
@Index('context_versions_of_path', ['org', 'path', 'revision', 'position'])
export class ContextVersionRow {
  @PrimaryColumn('text')
  org: string;

  @PrimaryColumn('text')
  id: string;

  @Column('text', { name: 'change_id' })
  changeId: string;

  @Column('bigint', { transformer: bigintAsNumber })
  revision: number;

  @Column('integer')
  position: number;

  @Column({ type: 'text', collation: 'C' })
  path: string;

  @Column('text')
  op: 'put' | 'delete' | 'keep';

  @Column('text', { nullable: true })
  blob: string | null;

  @Column('text', { name: 'from_path', nullable: true })
  from: string | null;

  @Column('text', { name: 'author_name' })
  authorName: string;

  @Column('text', { name: 'author_email' })
  authorEmail: string;

  @Column('timestamptz')
  at: Date;

  /** Present if a query joined it. */
  change?: ContextChangeRow;
}

@Entity('context_blobs')
export class ContextBlobRow {
  @PrimaryColumn('text')
  org: string;

  @PrimaryColumn('text')
  blob: string;

  @Column('bytea')
  bytes: Buffer;
}

export const contextStoreRows = [
  ContextHeadRow,
  ContextFileRow,
  ContextChangeRow,
  ContextVersionRow,
  ContextBlobRow,
];
