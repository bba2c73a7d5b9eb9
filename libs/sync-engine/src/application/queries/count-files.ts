import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import type { SyncTarget } from '@app/project-config';
import { fileStateOf, type CountedState } from '../../domain/file-state';
import type { Quarantined } from '../../domain/findings';
import { SyncPolicy } from '../../domain/sync-policy';
import type { ProposedEntry } from '../../domain/proposed-entry';
import type { SyncState } from '../../domain/sync-state';
import { Findings } from '../ports/findings.port';
import { BaseEntries } from '../ports/base-entries.port';
import { ProposedEntries } from '../ports/proposed-entries.port';
import type { Pending } from './pending-changes';

/** The number of files in each state. */
export interface FileCounts {
  readonly total: number;
  readonly inSync: number;
  readonly dotAhead: number;
  readonly gitlabAhead: number;
  readonly conflict: number;
  readonly quarantined: number;
  /** Files proposed in merge-request mode. */
  readonly proposed: number;
}

const CONFLICTS = 200;
const NONE: Readonly<Record<CountedState, number>> = {
  ...{ proposed: 0, in_sync: 0, dot_ahead: 0, gitlab_ahead: 0, conflict: 0, quarantined: 0 },
};

/**
 * Counts the files in scope by state. Checks only files with a conflict, a quarantine or a pending change; counts all
 * others as in sync. Checks every file only while a snapshot is due.
 */
@Injectable()
export class CountFiles {
  constructor(
    private readonly base: BaseEntries,
    private readonly store: ContextStore,
    private readonly findings: Findings,
    private readonly proposed: ProposedEntries,
  ) {}

  async execute(
    state: SyncState,
    target: SyncTarget | null,
    pending: Pending,
    quarantined: ReadonlyMap<string, Quarantined>,
  ): Promise<FileCounts> {
    const { org } = state;
    if (!target || state.targetId !== target.id || state.directories === null) {
      const { files } = await this.store.usage(org);
      return countsOf({ ...NONE, dot_ahead: target ? files : 0 }, files);
    }
    const policy = new SyncPolicy(target);
    const conflicts = new Set(
      (await this.findings.conflicts(org, { limit: CONFLICTS })).items.map(({ path }) => path),
    );
    const work = state.proposal?.cycle ? await this.proposed.all(org) : new Map<string, ProposedEntry>();
    const noted = new Set([...conflicts, ...quarantined.keys(), ...pending.paths, ...work.keys()]);
    const all = state.snapshotDue || pending.others > 0;
    const [base, { files }] = await Promise.all(
      all
        ? [this.base.all(org), this.store.snapshot(org)]
        : [this.base.around(org, [...noted]), this.store.files(org, [...noted])],
    );
    const counts = { ...NONE };
    for (const path of all ? new Set([...noted, ...base.keys(), ...files.keys()]) : noted) {
      if (!policy.isSynced(path)) continue;
      const found = { isQuarantined: quarantined.has(path), isInConflict: conflicts.has(path) };
      const known = {
        base: base.get(path),
        work: work.get(path),
        local: files.get(path)?.blob ?? null,
        ...found,
      };
      const name = fileStateOf(known);
      if (name) counts[name]++;
    }
    if (all) return countsOf(counts);
    const [inDot, waiting] = await Promise.all([
      this.base.countInDot(org),
      this.base.countWaitingDeletions(org),
    ]);
    const looked = [...noted].flatMap((path) => base.get(path) ?? []);
    const others = waiting - looked.filter(({ deletionWaits }) => deletionWaits).length;
    counts.gitlab_ahead += others;
    counts.in_sync += inDot - looked.filter(({ local }) => local !== null).length - others;
    return countsOf(counts);
  }
}

function countsOf(counts: Readonly<Record<CountedState, number>>, total = sum(counts)): FileCounts {
  return {
    total,
    inSync: counts.in_sync,
    dotAhead: counts.dot_ahead,
    gitlabAhead: counts.gitlab_ahead,
    conflict: counts.conflict,
    quarantined: counts.quarantined,
    proposed: counts.proposed,
  };
}

const sum = (counts: Readonly<Record<CountedState, number>>): number =>
  Object.values(counts).reduce((all, count) => all + count, 0);
