import type { InMemoryTable, InMemoryTables } from '@app/database/testing';
import { byCodePoint, type OrgId } from '@app/kernel';
import { BaseEntries } from '../src/application/ports/base-entries.port';
import { ancestors } from '../src/domain/commit-plan';
import type { BaseEntry } from '../src/domain/reconcile';

export class InMemoryBaseEntries extends BaseEntries {
  constructor(private readonly tables: InMemoryTables) {
    super();
  }

  async around(org: OrgId, paths: readonly string[]): Promise<Map<string, BaseEntry>> {
    const exact = new Set([...paths, ...paths.flatMap(ancestors)]);
    const all = await this.all(org);
    return new Map(
      [...all].filter(
        ([path]) => exact.has(path) || ancestors(path).some((parent) => paths.includes(parent)),
      ),
    );
  }

  async after(org: OrgId, path: string, limit: number): Promise<Map<string, BaseEntry>> {
    const later = [...(await this.all(org))].filter(([other]) => byCodePoint(other, path) > 0);
    return new Map(later.sort(([one], [other]) => byCodePoint(one, other)).slice(0, limit));
  }

  async all(org: OrgId): Promise<Map<string, BaseEntry>> {
    return new Map(
      this.table(org)
        .values()
        .map(({ path, ...agreed }) => [path, agreed]),
    );
  }

  async waitingDeletions(org: OrgId): Promise<Map<string, BaseEntry>> {
    return new Map(
      [...(await this.all(org))]
        .filter(([, { deletionWaits }]) => deletionWaits)
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    );
  }

  async countWaitingDeletions(org: OrgId): Promise<number> {
    return (await this.waitingDeletions(org)).size;
  }

  async countInDot(org: OrgId): Promise<number> {
    return this.table(org)
      .values()
      .filter(({ local }) => local !== null).length;
  }

  async agree(org: OrgId, entries: ReadonlyMap<string, BaseEntry>): Promise<void> {
    await this.tables.run(() => {
      const base = this.table(org);
      for (const [path, { remote, local, supersededUpTo, deletionWaits, ...entry }] of entries) {
        const before = base.get(path);
        const seenAt = before && before.remote === remote ? before.seenAt : entry.seenAt;
        base.set(path, {
          path,
          remote,
          local,
          supersededUpTo: Math.max(supersededUpTo, before?.supersededUpTo ?? 0),
          seenAt,
          ...(deletionWaits && { deletionWaits }),
        });
      }
    });
  }

  async noteSeen(org: OrgId, paths: readonly string[], seenAt: string): Promise<void> {
    await this.tables.run(() => {
      const base = this.table(org);
      for (const path of paths) {
        const row = base.get(path);
        if (row) base.set(path, { ...row, seenAt });
      }
    });
  }

  async forget(org: OrgId, paths: readonly string[] | 'all'): Promise<void> {
    await this.tables.run(() => {
      const base = this.table(org);
      for (const path of paths === 'all' ? base.values().map((row) => row.path) : paths) base.delete(path);
    });
  }

  private table(org: OrgId): InMemoryTable<BaseEntry & { readonly path: string }> {
    return this.tables.table(`sync_agreed ${org}`);
  }
}
