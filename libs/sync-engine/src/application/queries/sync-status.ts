import { Injectable } from '@nestjs/common';
import type { ErrorCode, OrgId } from '@app/kernel';
import type { SyncTarget } from '@app/project-config';
import type { Quarantined } from '../../domain/findings';
import { REFUSED_BY_GITLAB } from '../../domain/refused-commit';
import type { Run } from '../../domain/run';
import type { MergeRequestStatus } from '../../domain/merge-request';
import type { Refusal } from '../../domain/proposal';
import { isDeclined } from '../../domain/declined';
import { comparedAs, type DeletionQuestion } from '../../domain/sync-state';
import { Findings } from '../ports/findings.port';
import { SyncEngineSettings } from '../sync-engine.settings';
import { CountFiles, type FileCounts } from './count-files';
import { PendingChanges } from './pending-changes';
import { SyncRuns } from '../ports/sync-runs.port';
import { SyncStates } from '../ports/sync-states.port';

/** Limit above which pending changes are counted without reading each: the status is requested often. */
const LOOKED_AT = 500;

/** `attention`: a person must act. `failing`: retrying automatically. */
export type SyncHealth = 'ok' | 'syncing' | 'attention' | 'failing';

/** Why the sync stopped or is retried. */
export interface Stop {
  readonly code: ErrorCode;
  readonly detail: string;
  /** Run to confirm, keep or review, if a person is asked about deletions. */
  readonly runId?: string;
}

/** The state of an org's sync, as far as Dot knows it. */
export interface SyncStatus {
  readonly health: SyncHealth;
  readonly baseCommit: string | null;
  readonly lastSyncedAt: Date | null;
  /** Changes that a push would make commits of. */
  readonly pendingPush: number;
  readonly pendingPull: boolean;
  /** When the oldest of them was made. */
  readonly oldestPendingAt: Date | null;
  readonly files: FileCounts;
  /** Seconds between polls of GitLab while no webhook arrives; 0 is never. */
  readonly pollSeconds: number;
  readonly conflicts: number;
  readonly quarantined: number;
  readonly lastRun: Run | null;
  readonly nextAttemptAt: Date | null;
  /** Reason for the stop or the retry. */
  readonly error: Stop | null;
}

/** Returns the state of an org's sync without asking GitLab. */
@Injectable()
export class ReadSyncStatus {
  constructor(
    private readonly states: SyncStates,
    private readonly runs: SyncRuns,
    private readonly pending: PendingChanges,
    private readonly findings: Findings,
    private readonly counter: CountFiles,
    private readonly settings: SyncEngineSettings,
  ) {}

  async execute(org: OrgId, target: SyncTarget | null): Promise<SyncStatus> {
    const [loaded, open, latest, conflicts, quarantined] = await Promise.all([
      this.states.load(org),
      this.runs.open(org),
      this.runs.list(org, { limit: 1 }),
      this.findings.countConflicts(org),
      this.findings.quarantined(org),
    ]);
    const pending = await this.pending.execute(loaded, target, LOOKED_AT);
    const current = loaded.targetId === target?.id;
    const { blocked, failure, heldRetryAt, inspectRetryAt } = loaded;
    const question = current && !open.some(isAnswered) ? loaded.question : null;
    const { refusal = null, mergeRequest = null } = (current && loaded.proposal) || {};
    const refused = [...quarantined.values()].find(({ reason }) => reason === REFUSED_BY_GITLAB);
    // True from the moment the target changes, also before the run that compares everything is queued.
    const compared = !target || (current && comparedAs(loaded, target.scope));
    const declined = target !== null && isDeclined(latest.items[0], loaded, target);
    return {
      health: healthOf(
        open.length > 0 || (!compared && !declined),
        asks(open) || Boolean(blocked ?? question ?? refused ?? refusal),
        failure !== null,
      ),
      baseCommit: current ? loaded.baseCommit : null,
      lastSyncedAt: loaded.lastSyncedAt,
      pendingPush: pending.changes.length + pending.others,
      oldestPendingAt: pending.changes[0]?.at ?? null,
      files: await this.counter.execute(loaded, target, pending, quarantined),
      pollSeconds: this.settings.pollSeconds,
      pendingPull: !compared || open.some(({ kind }) => kind !== 'push'),
      conflicts,
      quarantined: quarantined.size,
      lastRun: latest.items[0] ?? null,
      nextAttemptAt: earliest(loaded.nextAttemptAt, blocked?.retryAt, heldRetryAt, inspectRetryAt),
      error:
        blocked ??
        failure ??
        (question && unconfirmed(question)) ??
        (refused && pushRefused(refused)) ??
        (refusal && proposalRefused(refusal, mergeRequest)),
    };
  }
}

function healthOf(busy: boolean, attention: boolean, failing: boolean): SyncHealth {
  if (attention) return 'attention';
  if (failing) return 'failing';
  return busy ? 'syncing' : 'ok';
}

const unconfirmed = ({ runId, detail }: DeletionQuestion): Stop => ({
  ...{ code: 'mass_delete_unconfirmed', detail },
  ...(runId !== null && { runId }),
});

/** Checks whether a person's decision is being carried out. */
const isAnswered = ({ confirmed, kept }: Run): boolean => confirmed || kept;

function proposalRefused({ how }: Refusal, request: MergeRequestStatus | null): Stop {
  const what = request ? `Merge request !${request.iid}` : 'The merge request';
  const closed = how === 'closed' ? 'was closed' : 'was closed because its branch was deleted';
  const next =
    'Propose the changes again, discard them, or edit a file: a new edit opens another merge request';
  return { code: 'merge_request_closed', detail: `${what} ${closed}. ${next}. Nothing is lost.` };
}

const pushRefused = ({ path, detail }: Quarantined): Stop => ({
  code: 'push_refused',
  detail: `${path} is held back: ${detail}. Everything else goes on.`,
});

function earliest(...times: (Date | null | undefined)[]): Date | null {
  const known = times.filter((time) => time !== null && time !== undefined);
  return known.length ? new Date(Math.min(...known.map(Number))) : null;
}

const asks = (open: readonly Run[]): boolean => open.some(({ status }) => status === 'awaiting_confirmation');
