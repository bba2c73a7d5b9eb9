import type { InMemoryTable, InMemoryTables } from '@app/database/testing';
import type { OrgId } from '@app/kernel';
import { SyncTargets } from '../src/application/sync-targets.port';
import type { SyncTarget, TargetLocation } from '../src/domain/sync-target';

export class InMemorySyncTargets extends SyncTargets {
  private readonly rows: InMemoryTable<SyncTarget>;

  constructor(private readonly tables: InMemoryTables) {
    super();
    this.rows = tables.table('sync_targets');
  }

  async find(org: OrgId): Promise<SyncTarget | null> {
    return this.rows.get(org) ?? null;
  }

  async locations(orgs: readonly OrgId[]): Promise<TargetLocation[]> {
    return orgs
      .map((org) => this.rows.get(org))
      .filter((target) => target !== undefined)
      .map(({ org, connectionId, projectId, pathWithNamespace, branch, autoPull, publish, workBranch }) => ({
        ...{ org, connectionId, projectId, pathWithNamespace, branch, autoPull, publish, workBranch },
      }));
  }

  /** The tables run one transaction after the other, so nothing needs to be locked. */
  hold(org: OrgId): Promise<SyncTarget | null> {
    return this.find(org);
  }

  save(target: SyncTarget): Promise<void> {
    return this.tables.run(() => this.rows.set(target.org, { ...target }));
  }

  recordPath(org: OrgId, id: string, pathWithNamespace: string, webUrl: string): Promise<void> {
    return this.tables.run(() => {
      const target = this.rows.get(org);
      if (target?.id === id) this.rows.set(org, { ...target, pathWithNamespace, webUrl });
    });
  }

  remove(org: OrgId, id: string): Promise<void> {
    return this.tables.run(() => {
      if (this.rows.get(org)?.id === id) this.rows.delete(org);
    });
  }

  async after(org: OrgId | null, limit: number): Promise<SyncTarget[]> {
    const targets = this.rows.values().filter((target) => org === null || target.org > org);
    return targets.sort((one, other) => (one.org < other.org ? -1 : 1)).slice(0, limit);
  }
}
