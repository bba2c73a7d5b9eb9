import type { Quota, Usage } from '@app/context-store';
import type { ConnectionView } from '@app/credentials';
import { inert, type ErrorCode } from '@app/kernel';
import type { ProjectView } from '@app/project-config';
import { runView, type RunView, type SyncHealth, type SyncStatus } from '@app/sync-engine';
import type { WebhookView } from '@app/webhooks';

/** The status of an org's sync. Holds no secret. */
export interface StatusView {
  readonly state: 'disconnected' | 'connected' | 'configured';
  /** `attention`: a person must act. `failing`: retrying automatically. */
  readonly health: SyncHealth;
  readonly connection: ConnectionView | null;
  readonly project: ProjectView | null;
  readonly webhook: WebhookView | null;
  readonly sync: SyncView;
  readonly files: SyncStatus['files'];
  /** When the oldest change that is not pushed was made. */
  readonly oldestPendingAt: string | null;
  /** Seconds between head checks while the webhook is silent; 0 is never. */
  readonly pollSeconds: number;
  readonly quota: Usage & Quota;
}

/** The state of an org's sync, in numbers. */
export interface SyncView {
  /** The commit that both sides last agreed on. */
  readonly baseCommit: string | null;
  readonly lastSyncedAt: string | null;
  /** Changes made in Dot that a push would commit. */
  readonly pendingPush: number;
  /** True if a pull is wanted. */
  readonly pendingPull: boolean;
  readonly conflicts: number;
  readonly quarantined: number;
  readonly lastRun: RunView | null;
  readonly nextAttemptAt: string | null;
  /** The reason of the stop or of the retry. */
  readonly error: StopView | null;
}

/** Why the sync stopped or is retried, and what to do. */
export interface StopView {
  readonly code: ErrorCode;
  readonly detail: string;
  /** The run to confirm or keep, though it may be cancelled; only with `mass_delete_unconfirmed`. */
  readonly runId?: string;
}

export function syncView(status: SyncStatus): SyncView {
  const { baseCommit, pendingPush, pendingPull, conflicts, quarantined } = status;
  const { lastSyncedAt, lastRun, nextAttemptAt, error } = status;
  return {
    ...{ baseCommit, pendingPush, pendingPull, conflicts, quarantined },
    lastSyncedAt: lastSyncedAt?.toISOString() ?? null,
    lastRun: lastRun && runView(lastRun),
    nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
    error: error && stopView(error),
  };
}

const stopView = ({ code, detail, runId }: StopView): StopView => ({
  ...{ code, detail: inert(detail) },
  ...(runId !== undefined && { runId }),
});
