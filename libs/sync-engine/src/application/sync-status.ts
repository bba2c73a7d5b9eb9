import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import type { OrgId } from '@app/kernel';
import type { SyncTarget } from '@app/project-config';
import type { Run } from '../domain/run';
import { comparedAs } from '../domain/sync-state';
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

  async execute(org: OrgId, target: SyncTarget | null): Promise<SyncStatus> {
    const [loaded, open, latest, conflicts, quarantined] = await Promise.all([
      this.states.load(org),
      this.runs.open(org),
      this.runs.list(org, { limit: 1 }),
      this.findings.countConflicts(org),
      this.findings.quarantined(org),
    ]);
    const current = loaded.targetId === target?.id;
    const { blocked, failure } = loaded;
    // True from the moment the target changes, also before the run that compares everything is queued.
    const compared = !target || (current && comparedAs(loaded, target.scope));
    return {
      health: healthOf(open.length > 0 || !compared, asks(open) || blocked !== null, failure !== null),
      baseCommit: current ? loaded.baseCommit : null,
      lastSyncedAt: loaded.lastSyncedAt,
      pendingPush: await this.store.countMadeInDotAfter(org, current ? loaded.pushedRevision : 0),
      pendingPull: !compared || open.some(({ kind }) => kind !== 'push'),
      conflicts,
      quarantined: quarantined.size,
      lastRun: latest.items[0] ?? null,
      nextAttemptAt: earlier(loaded.nextAttemptAt, blocked?.retryAt ?? null),
      error: blocked ?? failure,
    };
  }
}

function healthOf(busy: boolean, attention: boolean, failing: boolean): SyncHealth {
  if (attention) return 'attention';
  if (failing) return 'failing';
  return busy ? 'syncing' : 'ok';
}

function earlier(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

const asks = (open: readonly Run[]): boolean => open.some(({ status }) => status === 'awaiting_confirmation');
