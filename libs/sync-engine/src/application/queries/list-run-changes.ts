import { Injectable } from '@nestjs/common';
import { ContextStore, type Change } from '@app/context-store';
import { pageOf, positionOf, type OrgId, type Page, type PageRequest } from '@app/kernel';
import type { RunChange } from '../../domain/run-change';
import { RunNotFound } from '../../domain/sync.errors';
import { RunChanges } from '../ports/run-changes.port';
import { SyncRuns } from '../ports/sync-runs.port';

/** A path that a pull changed; whether Dot had it before is asked for the page only. */
interface Pulled {
  readonly path: string;
  readonly revision: number;
  readonly isDeleted: boolean;
}

/** Lists the paths that a run would change, or changed, on the side it writes to. */
@Injectable()
export class ListRunChanges {
  constructor(
    private readonly runs: SyncRuns,
    private readonly runChanges: RunChanges,
    private readonly store: ContextStore,
  ) {}

  /** Returns the run's changes by path. @throws RunNotFound */
  async execute(org: OrgId, id: string, { limit = 50, cursor }: PageRequest): Promise<Page<RunChange>> {
    if (!(await this.runs.find(org, id))) throw new RunNotFound(id);
    const [noted, pulled] = await Promise.all([
      this.runChanges.of(org, id),
      this.store.changesOfRun(org, id).then(pulledBy),
    ]);
    const all = new Map<string, RunChange | Pulled>(pulled.map((change) => [change.path, change]));
    for (const change of noted) all.set(change.path, change);
    const [after] = positionOf(cursor, ['']);
    const matching = [...all.values()].filter(({ path }) => path > after).sort(byPath);
    const { items, nextCursor } = pageOf(matching, limit, ({ path }) => [path]);
    return {
      items: await Promise.all(items.map(async (item) => ('op' in item ? item : this.opOf(org, item)))),
      nextCursor,
    };
  }

  private async opOf(org: OrgId, { path, revision, isDeleted }: Pulled): Promise<RunChange> {
    if (isDeleted) return { path, op: 'delete' };
    const before = await this.store.versionBefore(org, path, revision);
    return { path, op: before ? 'update' : 'create' };
  }
}

const byPath = (one: { readonly path: string }, other: { readonly path: string }) =>
  one.path < other.path ? -1 : 1;

/** Summarizes the changes by path: the first has the state before, the last the result. */
function pulledBy(changes: readonly Change[]): Pulled[] {
  const paths = new Map<string, Pulled>();
  for (const { revision, versions } of changes)
    for (const { path, op, blob } of versions)
      if (op !== 'keep')
        paths.set(path, { path, revision: paths.get(path)?.revision ?? revision, isDeleted: blob === null });
  return [...paths.values()];
}
