import type { InMemoryTable, InMemoryTables } from '@app/database/testing';
import { pageOf, positionOf, type OrgId, type Page, type PageRequest } from '@app/kernel';
import { Findings } from '../src/application/ports/findings.port';
import type { Conflict, Quarantined } from '../src/domain/findings';

export class InMemoryFindings extends Findings {
  constructor(private readonly tables: InMemoryTables) {
    super();
  }

  async addConflict(org: OrgId, conflict: Conflict): Promise<void> {
    await this.tables.run(() => this.conflictsOf(org).set(conflict.id, { ...conflict, closed: false }));
  }

  async conflicts(org: OrgId, { limit = 50, cursor }: PageRequest): Promise<Page<Conflict>> {
    const [before] = positionOf(cursor, [Number.MAX_SAFE_INTEGER]);
    const open = this.conflictsOf(org)
      .values()
      .map((conflict, seq) => ({ conflict, seq }))
      .filter(({ conflict, seq }) => !conflict.closed && seq < before)
      .reverse();
    const { items, nextCursor } = pageOf(open, limit, ({ seq }) => [seq]);
    return { items: items.map(({ conflict }) => withoutMark(conflict)), nextCursor };
  }

  async conflict(org: OrgId, id: string): Promise<Conflict | null> {
    const found = this.conflictsOf(org).get(id);
    return found && !found.closed ? withoutMark(found) : null;
  }

  closeConflict(org: OrgId, id: string): Promise<boolean> {
    return this.tables.run(() => {
      const found = this.conflictsOf(org).get(id);
      if (!found || found.closed) return false;
      this.conflictsOf(org).set(id, { ...found, closed: true });
      return true;
    });
  }

  async countConflicts(org: OrgId): Promise<number> {
    return this.conflictsOf(org)
      .values()
      .filter(({ closed }) => !closed).length;
  }

  quarantine(org: OrgId, files: readonly Quarantined[]): Promise<string[]> {
    return this.tables.run(() => {
      const quarantine = this.quarantineOf(org);
      const added = files.map(({ path }) => path).filter((path) => !quarantine.has(path));
      for (const file of files) quarantine.set(file.path, file);
      return added;
    });
  }

  release(org: OrgId, paths: readonly string[]): Promise<string[]> {
    return this.tables.run(() => {
      const quarantine = this.quarantineOf(org);
      const released = paths.filter((path) => quarantine.has(path));
      for (const path of released) quarantine.delete(path);
      return released;
    });
  }

  async releaseAll(org: OrgId): Promise<void> {
    await this.release(org, [...(await this.quarantined(org)).keys()]);
  }

  async allow(org: OrgId, fingerprints: readonly string[], at: Date): Promise<void> {
    await this.tables.run(() => {
      for (const fingerprint of fingerprints) this.allowedOf(org).set(fingerprint, { at });
    });
  }

  async allowed(org: OrgId, fingerprints: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(fingerprints.filter((fingerprint) => this.allowedOf(org).has(fingerprint)));
  }

  async quarantined(org: OrgId): Promise<Map<string, Quarantined>> {
    const files = this.quarantineOf(org).values();
    return new Map(files.sort((a, b) => (a.path < b.path ? -1 : 1)).map((file) => [file.path, file]));
  }

  private conflictsOf(org: OrgId): InMemoryTable<Conflict & { readonly closed: boolean }> {
    return this.tables.table(`sync_conflicts ${org}`);
  }

  private allowedOf(org: OrgId): InMemoryTable<{ readonly at: Date }> {
    return this.tables.table(`sync_allowed ${org}`);
  }

  private quarantineOf(org: OrgId): InMemoryTable<Quarantined> {
    return this.tables.table(`sync_quarantine ${org}`);
  }
}

function withoutMark({ closed: _, ...conflict }: Conflict & { readonly closed: boolean }): Conflict {
  return conflict;
}
