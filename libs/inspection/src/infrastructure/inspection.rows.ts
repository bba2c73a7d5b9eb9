import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { FileCheck } from '@app/kernel';
import type { Inspection } from '../rules/inspect';

@Entity('inspections')
export class InspectionRow {
  @PrimaryColumn('text')
  org: string;

  @PrimaryColumn('text')
  blob: string;

  @PrimaryColumn('text')
  kind: FileCheck;

  /** The version of the rules. */
  @Column('integer')
  rules: number;

  @Column('integer')
  attempts: number;

  /** Stored as json, because jsonb refuses characters that YAML may quote. Null until an inspection has ended. */
  @Column('json', { nullable: true })
  result: Inspection | null;

  @Column('timestamptz')
  at: Date;
}
