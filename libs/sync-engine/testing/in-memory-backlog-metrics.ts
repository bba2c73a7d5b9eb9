import type { InMemoryTables } from '@app/database/testing';
import { BacklogMetrics, type Backlog } from '../src/application/ports/backlog-metrics.port';
import type { Conflict, Quarantined } from '../src/domain/findings';
import type { Run } from '../src/domain/run';
import { unblocked } from '../src/domain/blocked';
import { freshState, type SyncState } from '../src/domain/sync-state';

export class InMemoryBacklogMetrics extends BacklogMetrics {
  constructor(private readonly tables: InMemoryTables) {
    super();
  }

  async measure(now: Date): Promise<Backlog> {
    const states = this.tables.table<SyncState>('sync_states').values();
    const open = this.tables
      .table<Run>('sync_runs')
      .values()
      .filter(({ status }) => status === 'queued' || status === 'running');
    const runnable = open.filter(({ org, kind }) => {
      const state = states.find((one) => one.org === org) ?? freshState(org);
      return (
        unblocked(state, now).includes(kind) && (state.nextAttemptAt === null || state.nextAttemptAt <= now)
      );
    });
    const orgs = new Set([...states, ...open].map(({ org }) => org));
    const perOrg = <Row extends object>(name: string) =>
      [...orgs].flatMap((org) => this.tables.table<Row>(`${name} ${org}`).values());
    return {
      open: open.length,
      oldestSince: runnable.length
        ? new Date(Math.min(...runnable.map(({ createdAt }) => +createdAt)))
        : null,
      runnableOrgs: new Set(runnable.map(({ org }) => org)).size,
      stopped: states.filter(({ blocked }) => blocked !== null).length,
      retrying: states.filter(({ nextAttemptAt }) => nextAttemptAt !== null).length,
      conflicts: perOrg<Conflict & { readonly closed: boolean }>('sync_conflicts').filter(
        ({ closed }) => !closed,
      ).length,
      quarantined: perOrg<Quarantined>('sync_quarantine').length,
    };
  }
}
