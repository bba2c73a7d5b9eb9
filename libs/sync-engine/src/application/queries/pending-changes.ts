import { Injectable } from '@nestjs/common';
import { ContextStore, type Change } from '@app/context-store';
import type { OrgId } from '@app/kernel';
import type { SyncTarget } from '@app/project-config';
import { pendingAmong } from '../../domain/pending-changes';
import { SyncPolicy } from '../../domain/sync-policy';
import type { SyncState } from '../../domain/sync-state';
import { BaseEntries } from '../ports/base-entries.port';
import { WorkEntries } from '../work-branch/work-entries';

const PAGE = 200;

export interface Pending {
  /** Changes in order, each with the versions that a push would send. */
  readonly changes: readonly Change[];
  /** Paths that were changed in Dot since the last push, including those with nothing to send. */
  readonly paths: ReadonlySet<string>;
  /** Changes made in Dot that were not read, because there are so many. */
  readonly others: number;
}

/** Finds the changes made in Dot that a push would make commits of. */
@Injectable()
export class PendingChanges {
  constructor(
    private readonly base: BaseEntries,
    private readonly work: WorkEntries,
    private readonly store: ContextStore,
  ) {}

  /** Reads a limited number of changes. Before the first sync, only changes made in Dot are pending. */
  async execute(
    { org, targetId, pushedRevision, proposal }: SyncState,
    target: SyncTarget | null,
    atMost = Infinity,
  ): Promise<Pending> {
    const current = targetId === target?.id;
    const from = current ? pushedRevision : 0;
    const made = await this.store.countMadeInDotAfter(org, from);
    if (!made) return { changes: [], paths: new Set(), others: 0 };
    const changes = await this.changesAfter(org, from, atMost);
    const inDot = changes.filter(({ origin }) => origin !== 'gitlab');
    const others = Math.max(0, made - inDot.length);
    const paths = new Set(inDot.flatMap(({ versions }) => versions.map(({ path }) => path)));
    if (!target || !current) return { changes: inDot, paths, others };
    const base = await (proposal?.cycle ? this.work : this.base).around(org, [...paths]);
    return { changes: pendingAmong(inDot, base, new SyncPolicy(target)), paths, others };
  }

  private async changesAfter(org: OrgId, revision: number, atMost: number): Promise<Change[]> {
    const changes: Change[] = [];
    for (;;) {
      const limit = Math.min(PAGE, atMost - changes.length);
      const page = limit > 0 ? await this.store.changesAfter(org, revision, limit) : [];
      changes.push(...page);
      if (page.length < limit || !page.length) return changes;
      revision = page[page.length - 1].revision;
    }
  }
}
