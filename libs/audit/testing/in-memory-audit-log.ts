import type { InMemoryTable, InMemoryTables } from '@app/database/testing';
import { pageOf, positionOf, type OrgId, type Page, type PageRequest } from '@app/kernel';
import { AuditLog } from '../src/application/audit-log.port';
import type { AuditEntry } from '../src/domain/audit-entry';

const START = [Number.MAX_SAFE_INTEGER] as const;

interface Row {
  readonly position: number;
  readonly entry: AuditEntry;
}

export class InMemoryAuditLog extends AuditLog {
  private readonly rows: InMemoryTable<Row>;

  constructor(private readonly tables: InMemoryTables) {
    super();
    this.rows = tables.table('audit_entries');
  }

  async add(entry: AuditEntry): Promise<void> {
    await this.tables.run(() => this.rows.set(entry.id, { position: this.rows.values().length + 1, entry }));
  }

  async list(org: OrgId, { limit = 50, cursor }: PageRequest): Promise<Page<AuditEntry>> {
    const [from] = positionOf<readonly [number]>(cursor, START);
    const rows = this.rows
      .values()
      .filter(({ position, entry }) => entry.org === org && position < from)
      .reverse();
    const page = pageOf(rows, limit, ({ position }) => [position]);
    return { ...page, items: page.items.map(({ entry }) => entry) };
  }
}
