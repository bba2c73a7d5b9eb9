import type { DomainEvent } from '@app/kernel';
import type { RunKind, RunStatus } from './run';
import type { RunCounts } from './run-counts';
import type { SideName } from './side';

export interface SyncFinished extends DomainEvent {
  readonly name: 'sync.finished.v1';
  readonly runId: string;
  readonly kind: RunKind;
  readonly status: RunStatus;
  readonly counts: RunCounts;
  readonly commits: readonly string[];
  readonly apiCalls: number;
  /** Milliseconds from the request to the first start, and from there to the end. */
  readonly waitedMs: number;
  readonly tookMs: number;
}

export interface SyncFailed extends DomainEvent {
  readonly name: 'sync.failed.v1';
  readonly runId: string;
  readonly kind: RunKind;
  readonly code: string;
  /** True if it is retried automatically. */
  readonly retrying: boolean;
}

/** The branch moved but no webhook arrived, although webhooks worked before. */
export interface WebhookSilent extends DomainEvent {
  readonly name: 'webhook.silent.v1';
}

export interface ConflictFound extends DomainEvent {
  readonly name: 'conflict.found.v1';
  readonly path: string;
  readonly winner: SideName;
}
