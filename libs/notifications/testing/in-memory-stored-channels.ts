import type { InMemoryTable, InMemoryTables } from '@app/database/testing';
import type { OrgId } from '@app/kernel';
import { StoredChannels } from '../src/application/ports/stored-channels.port';

export class InMemoryStoredChannels extends StoredChannels {
  private readonly rows: InMemoryTable<{ readonly org: OrgId; readonly sealed: string }>;

  constructor(private readonly tables: InMemoryTables) {
    super();
    this.rows = tables.table('notice_channels');
  }

  async find(org: OrgId): Promise<string | null> {
    return this.rows.get(org)?.sealed ?? null;
  }

  lock(org: OrgId): Promise<string | null> {
    return this.find(org);
  }

  async save(org: OrgId, sealed: string): Promise<void> {
    await this.tables.run(() => this.rows.set(org, { org, sealed }));
  }

  async reseal(org: OrgId, from: string, to: string): Promise<void> {
    await this.tables.run(() => {
      if (this.rows.get(org)?.sealed === from) this.rows.set(org, { org, sealed: to });
    });
  }

  async orgsAfter(org: OrgId | null, limit: number): Promise<OrgId[]> {
    return this.rows
      .values()
      .map((row) => row.org)
      .filter((other) => other > (org ?? ''))
      .sort()
      .slice(0, limit);
  }
}
