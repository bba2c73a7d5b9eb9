import type { InMemoryTable, InMemoryTables } from '@app/database/testing';
import { byCodePoint, type OrgId } from '@app/kernel';
import { ProposedEntries } from '../src/application/ports/proposed-entries.port';
import { ancestors } from '../src/domain/commit-plan';
import type { ProposedEntry } from '../src/domain/proposed-entry';
import type { BaseEntry } from '../src/domain/reconcile';

export class InMemoryProposedEntries extends ProposedEntries {
  constructor(private readonly tables: InMemoryTables) {
    super();
  }

  async around(org: OrgId, paths: readonly string[]): Promise<Map<string, ProposedEntry>> {
    const exact = new Set([...paths, ...paths.flatMap(ancestors)]);
    return new Map(
      [...(await this.all(org))].filter(
        ([path]) => exact.has(path) || ancestors(path).some((parent) => paths.includes(parent)),
      ),
    );
  }

  async after(org: OrgId, path: string, limit: number): Promise<Map<string, ProposedEntry>> {
    const later = [...(await this.all(org))].filter(([other]) => byCodePoint(other, path) > 0);
    return new Map(later.sort(([one], [other]) => byCodePoint(one, other)).slice(0, limit));
  }

  async all(org: OrgId): Promise<Map<string, ProposedEntry>> {
    return new Map(
      this.table(org)
        .values()
        .map(({ path, ...entry }) => [path, entry]),
    );
  }

  async agree(org: OrgId, entries: ReadonlyMap<string, BaseEntry>): Promise<void> {
    await this.tables.run(() => {
      const table = this.table(org);
      for (const [path, { remote, local, supersededUpTo, seenAt }] of entries) {
        const before = table.get(path);
        table.set(path, {
          path,
          remote,
          local,
          supersededUpTo: Math.max(supersededUpTo, before?.supersededUpTo ?? 0),
          seenAt: before && before.remote === remote ? before.seenAt : seenAt,
          start: before ? before.start : (this.target(org).get(path)?.remote ?? null),
        });
      }
    });
  }

  async preserve(org: OrgId, paths: readonly string[]): Promise<void> {
    await this.tables.run(() => {
      const table = this.table(org);
      for (const path of paths) {
        if (table.has(path)) continue;
        const {
          remote = null,
          local = null,
          supersededUpTo = 0,
          seenAt = null,
        } = this.target(org).get(path) ?? {};
        table.set(path, { path, remote, local, supersededUpTo, seenAt, start: remote });
      }
    });
  }

  async noteSeen(org: OrgId, paths: readonly string[], seenAt: string): Promise<void> {
    await this.tables.run(async () => {
      await this.preserve(org, paths);
      for (const path of paths) this.table(org).set(path, { ...this.table(org).get(path)!, seenAt });
    });
  }

  async forget(org: OrgId, paths: readonly string[] | 'all'): Promise<void> {
    await this.tables.run(() => {
      const table = this.table(org);
      for (const path of paths === 'all' ? table.values().map((row) => row.path) : paths) table.delete(path);
    });
  }

  private table(org: OrgId): InMemoryTable<ProposedEntry & { readonly path: string }> {
    return this.tables.table(`sync_proposed ${org}`);
  }

  private target(org: OrgId): InMemoryTable<BaseEntry & { readonly path: string }> {
    return this.tables.table(`sync_agreed ${org}`);
  }
}
