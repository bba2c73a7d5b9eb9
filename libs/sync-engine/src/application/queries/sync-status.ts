import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import type { OrgId } from '@app/kernel';
import type { SyncTarget } from '@app/project-config';
import type { Quarantined } from '../../domain/findings';
import { REFUSED_BY_GITLAB } from '../../domain/refused-commit';
import type { Run } from '../../domain/run';
import { comparedAs } from '../../domain/sync-state';
import { Findings } from '../ports/findings.port';
import { SyncRuns } from '../ports/sync-runs.port';
import { SyncStates } from '../ports/sync-states.port';

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
    const { blocked, failure, heldRetryAt, inspectRetryAt } = loaded;
    const refused = [...quarantined.values()].find(({ reason }) => reason === REFUSED_BY_GITLAB);
    // True from the moment the target changes, also before the run that compares everything is queued.
    const compared = !target || (current && comparedAs(loaded, target.scope));
    return {
      health: healthOf(
        open.length > 0 || !compared,
        asks(open) || Boolean(blocked ?? refused),
        failure !== null,
      ),
      baseCommit: current ? loaded.baseCommit : null,
      lastSyncedAt: loaded.lastSyncedAt,
      pendingPush: await this.store.countMadeInDotAfter(org, current ? loaded.pushedRevision : 0),
      pendingPull: !compared || open.some(({ kind }) => kind !== 'push'),
      conflicts,
      quarantined: quarantined.size,
      lastRun: latest.items[0] ?? null,
      nextAttemptAt: earliest(loaded.nextAttemptAt, blocked?.retryAt, heldRetryAt, inspectRetryAt),
      error: blocked ?? failure ?? (refused ? pushRefused(refused) : null),
    };
  }
}

function healthOf(busy: boolean, attention: boolean, failing: boolean): SyncHealth {
  if (attention) return 'attention';
  if (failing) return 'failing';
  return busy ? 'syncing' : 'ok';
}

const pushRefused = ({ path, detail }: Quarantined) => ({
  code: 'push_refused',
  detail: `${path} is held back: ${detail}. Everything else goes on.`,
});

function earliest(...times: (Date | null | undefined)[]): Date | null {
  const known = times.filter((time) => time !== null && time !== undefined);
  return known.length ? new Date(Math.min(...known.map(Number))) : null;
}

const asks = (open: readonly Run[]): boolean => open.some(({ status }) => status === 'awaiting_confirmation');
