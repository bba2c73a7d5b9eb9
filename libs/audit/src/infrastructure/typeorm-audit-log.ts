import { Injectable } from '@nestjs/common';
import { Column, Entity, Index, LessThan, PrimaryGeneratedColumn } from 'typeorm';
import { Database } from '@app/database';
import { pageOf, positionOf, type Actor, type OrgId, type Page, type PageRequest } from '@app/kernel';
import { AuditLog } from '../application/audit-log.port';
import type { AuditEntry } from '../domain/audit-entry';

const START = [Number.MAX_SAFE_INTEGER] as const;

@Entity('audit_entries')
@Index('audit_entries_in_order', ['org', 'position'])
export class AuditEntryRow {
  /** PostgreSQL returns bigint as text. */
  @PrimaryGeneratedColumn('increment', { type: 'bigint' })
  position: string;
  @Column('uuid')
  id: string;
  @Column('text')
  org: OrgId;
  @Column('timestamptz')
  at: Date;
  @Column('text')
  subject: string;
  @Column('text')
  name: string;
  @Column('text')
  role: Actor['role'];
  @Column('text')
  action: string;
  @Column('text', { nullable: true })
  target: string | null;
  @Column('text', { name: 'from_address' })
  from: string;
  @Column('text')
  result: string;
}

@Injectable()
export class TypeOrmAuditLog extends AuditLog {
  constructor(private readonly db: Database) {
    super();
  }

  async add({ actor, ...entry }: AuditEntry): Promise<void> {
    await this.db.forOrg(entry.org).orm((manager) => manager.insert(AuditEntryRow, { ...entry, ...actor }));
  }

  async list(org: OrgId, { limit = 50, cursor }: PageRequest): Promise<Page<AuditEntry>> {
    const [position] = positionOf<readonly [number]>(cursor, START);
    const rows = await this.db.forOrg(org).orm((manager) =>
      manager.find(AuditEntryRow, {
        where: { org, position: LessThan(String(position)) },
        order: { position: 'desc' },
        take: limit + 1,
      }),
    );
    const page = pageOf(rows, limit, (row) => [Number(row.position)]);
    return { ...page, items: page.items.map(toEntry) };
  }
}

function toEntry({ position: _, subject, name, role, ...entry }: AuditEntryRow): AuditEntry {
  return { ...entry, actor: { subject, name, role } };
}
