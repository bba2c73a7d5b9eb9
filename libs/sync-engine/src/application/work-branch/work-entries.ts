import { Injectable } from '@nestjs/common';
import { byCodePoint, type OrgId } from '@app/kernel';
import { workEntry, type ProposedEntry } from '../../domain/proposed-entry';
import type { BaseEntry } from '../../domain/reconcile';
import { BaseEntries } from '../ports/base-entries.port';
import { ProposedEntries } from '../ports/proposed-entries.port';

/** The base of each path on an org's work branch: what the target has, and above it what differs. */
@Injectable()
export class WorkEntries extends BaseEntries {
  constructor(
    private readonly target: BaseEntries,
    private readonly proposed: ProposedEntries,
  ) {
    super();
  }

  async around(org: OrgId, paths: readonly string[]): Promise<Map<string, BaseEntry>> {
    const [target, own] = await Promise.all([
      this.target.around(org, paths),
      this.proposed.around(org, paths),
    ]);
    return merged(target, own);
  }

  async after(org: OrgId, path: string, limit: number): Promise<Map<string, BaseEntry>> {
    const sides = await Promise.all([
      this.target.after(org, path, limit),
      this.proposed.after(org, path, limit),
    ]);
    const sorted = [...merged(...sides)].sort(([one], [other]) => byCodePoint(one, other));
    return new Map(sorted.slice(0, limit));
  }

  async all(org: OrgId): Promise<Map<string, BaseEntry>> {
    return merged(await this.target.all(org), await this.proposed.all(org));
  }

  /** Deletions on the work branch are not asked about before they land. */
  async waitingDeletions(): Promise<Map<string, BaseEntry>> {
    return new Map();
  }

  async countWaitingDeletions(): Promise<number> {
    return 0;
  }

  countInDot(org: OrgId): Promise<number> {
    return this.target.countInDot(org);
  }

  agree(org: OrgId, entries: ReadonlyMap<string, BaseEntry>): Promise<void> {
    return this.proposed.agree(org, entries);
  }

  noteSeen(org: OrgId, paths: readonly string[], commit: string): Promise<void> {
    return this.proposed.noteSeen(org, paths, commit);
  }

  forget(org: OrgId, paths: readonly string[] | 'all'): Promise<void> {
    return this.proposed.forget(org, paths);
  }
}

function merged(
  target: ReadonlyMap<string, BaseEntry>,
  own: ReadonlyMap<string, ProposedEntry>,
): Map<string, BaseEntry> {
  const entries = new Map(target);
  for (const [path, entry] of own) entries.set(path, workEntry(target.get(path), entry)!);
  return entries;
}
