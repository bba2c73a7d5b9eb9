import type { InMemoryTable, InMemoryTables } from '@app/database/testing';
import type { OrgId } from '@app/kernel';
import { RunChanges } from '../src/application/ports/run-changes.port';
import { mergedChange, type RunChange } from '../src/domain/run-change';

export class InMemoryRunChanges extends RunChanges {
  constructor(private readonly tables: InMemoryTables) {
    super();
  }

  async add(org: OrgId, runId: string, changes: readonly RunChange[]): Promise<void> {
    await this.tables.run(() => {
      const rows = this.rows(org, runId);
      for (const change of changes) rows.set(change.path, mergedChange(rows.get(change.path), change));
    });
  }

  async replace(org: OrgId, runId: string, changes: readonly RunChange[]): Promise<void> {
    await this.tables.run(async () => {
      const rows = this.rows(org, runId);
      for (const { path } of rows.values()) rows.delete(path);
      await this.add(org, runId, changes);
    });
  }

  async of(org: OrgId, runId: string): Promise<RunChange[]> {
    const rows = this.rows(org, runId).values();
    return rows.sort((one, other) => (one.path < other.path ? -1 : 1));
  }

  private rows(org: OrgId, runId: string): InMemoryTable<RunChange> {
    return this.tables.table(`sync_run_changes ${org} ${runId}`);
  }
}
