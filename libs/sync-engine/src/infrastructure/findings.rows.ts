import { Column, Entity, Generated, Index, PrimaryColumn } from 'typeorm';
import { bigintAsNumber } from '@app/database';
import type { OrgId } from '@app/kernel';
import type { ConflictSide } from '../domain/findings';
import type { SideName } from '../domain/side';

export type StoredSide = Omit<ConflictSide, 'at'> & { readonly at: string };

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
