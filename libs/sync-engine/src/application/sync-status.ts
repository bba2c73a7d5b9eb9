import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import type { OrgId } from '@app/kernel';
import type { Run } from '../domain/run';
import { Findings } from './findings.port';
import { SyncRuns } from './sync-runs.port';
import { SyncStates } from './sync-states.port';

export type SyncHealth = 'ok' | 'syncing' | 'attention' | 'failing';

export interface SyncStatus {
  readonly health: SyncHealth;
  readonly baseCommit: string | null;
  readonly lastSyncedAt: Date | null;
  /** Changes not yet commits. */
  readonly pendingPush: number;
  readonly pendingPull: boolean;
  readonly conflicts: number;
  readonly quarantined: number;
  readonly lastRun: Run | null;
  readonly nextAttemptAt: Date | null;
  /** Why it stopped, or what is being retried. */
  readonly error: { readonly code: string; readonly detail: string } | null;
}

/** Where an org's sync stands, without asking GitLab. */
@Injectable()
export class ReadSyncStatus {
  constructor(
    private readonly states: SyncStates,
    private readonly runs: SyncRuns,
    private readonly store: ContextStore,
    private readonly findings: Findings,
  ) {}

  async execute(org: OrgId, targetId: string | null): Promise<SyncStatus> {
    const [loaded, open, latest, conflicts, quarantined] = await Promise.all([
      this.states.load(org),
      this.runs.open(org),
      this.runs.list(org, { limit: 1 }),
      this.findings.countConflicts(org),
      this.findings.quarantined(org),
    ]);
    const current = loaded.targetId === targetId;
    const { blocked, failure } = loaded;
    return {
      health: healthOf(open, blocked !== null, failure !== null),
      baseCommit: current ? loaded.baseCommit : null,
      lastSyncedAt: loaded.lastSyncedAt,
      pendingPush: await this.store.countMadeInDotAfter(org, current ? loaded.pushedRevision : 0),
      pendingPull: open.some(({ kind }) => kind !== 'push'),
      conflicts,
      quarantined: quarantined.size,
      lastRun: latest.items[0] ?? null,
      nextAttemptAt: loaded.nextAttemptAt,
      error: blocked ?? failure,
    };
  }
}

function healthOf(open: readonly Run[], blocked: boolean, failing: boolean): SyncHealth {
  if (blocked || open.some(({ status }) => status === 'awaiting_confirmation')) return 'attention';
  if (failing) return 'failing';
  return open.length ? 'syncing' : 'ok';
}
