import type { InMemoryTables } from '@app/database/testing';
import { Backlogs, type Backlog } from '../application/backlog.port';
import type { Conflict, Quarantined } from '../domain/findings';
import type { Run } from '../domain/run';
import type { SyncState } from '../domain/sync-state';

export class InMemoryBacklogs extends Backlogs {
  constructor(private readonly tables: InMemoryTables) {
    super();
  }

  async measure(now: Date): Promise<Backlog> {
    const states = this.tables.table<SyncState>('sync_states').values();
    const open = this.tables
      .table<Run>('sync_runs')
      .values()
      .filter(({ status }) => status === 'queued' || status === 'running');
    const held = new Set(
      states
        .filter(
          ({ blocked, nextAttemptAt }) =>
            blocked?.scope === 'all' || (nextAttemptAt !== null && nextAttemptAt > now),
        )
        .map(({ org }) => org),
    );
    const free = open.filter(({ org }) => !held.has(org)).map(({ createdAt }) => createdAt);
    const orgs = new Set([...states, ...open].map(({ org }) => org));
    const perOrg = <Row extends object>(name: string) =>
      [...orgs].flatMap((org) => this.tables.table<Row>(`${name} ${org}`).values());
    return {
      open: open.length,
      oldestSince: free.length ? new Date(Math.min(...free.map(Number))) : null,
      stopped: states.filter(({ blocked }) => blocked !== null).length,
      retrying: states.filter(({ nextAttemptAt }) => nextAttemptAt !== null).length,
      conflicts: perOrg<Conflict & { readonly closed: boolean }>('sync_conflicts').filter(
        ({ closed }) => !closed,
      ).length,
      quarantined: perOrg<Quarantined>('sync_quarantine').length,
    };
  }
}
