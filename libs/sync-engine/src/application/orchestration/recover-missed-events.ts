import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import type { OrgId } from '@app/kernel';
import { ProjectConfigService, type SyncTarget } from '@app/project-config';
import { isDeclined } from '../../domain/declined';
import { comparedAs, freshState, type SyncState } from '../../domain/sync-state';
import { RequestRun } from '../requests/request-run';
import { SyncRuns } from '../ports/sync-runs.port';
import { SyncStates } from '../ports/sync-states.port';

const BATCH = 500;

interface Standing {
  readonly target: SyncTarget;
  readonly state: SyncState;
}

/** Requests the runs whose triggering events were lost when a process crashed. Checks all orgs, many per query. */
@Injectable()
export class RecoverMissedEvents {
  constructor(
    private readonly projects: ProjectConfigService,
    private readonly states: SyncStates,
    private readonly runs: SyncRuns,
    private readonly store: ContextStore,
    private readonly request: RequestRun,
  ) {}

  async execute(stopping: AbortSignal): Promise<void> {
    for (let after: OrgId | null = null; ;) {
      const { targets, next } = await this.projects.targetsAfter(after, BATCH);
      await this.catchUpWith(targets);
      if (next === null || stopping.aborted) return;
      after = next;
    }
  }

  private async catchUpWith(targets: readonly SyncTarget[]): Promise<void> {
    const states = await this.states.loadAll(targets.map(({ org }) => org));
    const standings = targets.map((target) => ({
      target,
      state: states.get(target.org) ?? freshState(target.org),
    }));
    const [begun, anew] = parted(standings, wantsComparison);
    const unpushed = await this.unpushed(begun);
    const wanted = await this.notDeclined(anew);
    if (wanted.length) await this.request.executeAll(wanted, 'initial', 'configure');
    if (unpushed.length) await this.request.executeAll(unpushed, 'push', 'auto');
  }

  private async notDeclined(standings: readonly Standing[]): Promise<OrgId[]> {
    if (!standings.length) return [];
    const newest = await this.runs.newest(orgsOf(standings));
    return orgsOf(
      standings.filter(({ state, target }) => !isDeclined(newest.get(target.org), state, target)),
    );
  }

  /**
   * Returns the orgs that push automatically and have changes for which no run was requested, as far as the states
   * show.
   */
  private async unpushed(standings: readonly Standing[]): Promise<OrgId[]> {
    const [, pushing] = parted(standings, ({ target, state }) => target.autoSync && !state.blocked);
    const [others, shipping] = parted(pushing, ({ state }) => state.snapshotDue);
    const edited = await this.store.editedInDotAfter(
      new Map(others.map(({ state }) => [state.org, state.pushedRevision])),
    );
    return [...orgsOf(shipping), ...edited];
  }
}

function wantsComparison({ target, state }: Standing): boolean {
  return state.targetId !== target.id || (!comparedAs(state, target.scope) && !state.blocked);
}

const orgsOf = (standings: readonly Standing[]) => standings.map(({ target }) => target.org);

/** Splits the list: first the items that fail the test, then those that pass. */
function parted<T>(all: readonly T[], is: (one: T) => boolean): [T[], T[]] {
  return [all.filter((one) => !is(one)), all.filter(is)];
}
