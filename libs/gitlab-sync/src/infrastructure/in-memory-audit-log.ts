import { AuditLog, type AuditEntry } from '@app/http';
import { pageOf, positionOf, type OrgId, type Page, type PageRequest } from '@app/kernel';

const START = [Number.MAX_SAFE_INTEGER] as const;

export class InMemoryAuditLog extends AuditLog {
  private readonly rows: { readonly position: number; readonly entry: AuditEntry }[] = [];

  async add(entry: AuditEntry): Promise<void> {
    this.rows.unshift({ position: this.rows.length + 1, entry });
  }

  async list(org: OrgId, { limit = 50, cursor }: PageRequest): Promise<Page<AuditEntry>> {
    const [from] = positionOf<readonly [number]>(cursor, START);
    const rows = this.rows.filter(({ position, entry }) => entry.org === org && position < from);
    const page = pageOf(rows, limit, ({ position }) => [position]);
    return { ...page, items: page.items.map(({ entry }) => entry) };
  }
}
