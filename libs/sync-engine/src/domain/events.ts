import type { DomainEvent, ErrorCode } from '@app/kernel';
import type { RunKind, RunStatus } from './run';
import type { RunCounts } from './run-counts';
import type { SideName } from './side';

/** A run ended; `status` says how. */
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

/** A run failed, and is retried or waits for a person. */
export interface SyncFailed extends DomainEvent {
  readonly name: 'sync.failed.v1';
  readonly runId: string;
  readonly kind: RunKind;
  readonly code: ErrorCode;
  /** The cause and the next step, for people. */
  readonly detail: string;
  /** True if it is retried automatically. */
  readonly retrying: boolean;
}

/** Files were kept out of the sync, or are no longer. A file whose reason changes is not announced again. */
export interface QuarantineChanged extends DomainEvent {
  readonly name: 'quarantine.changed.v1';
  readonly keptOut: readonly KeptOutFile[];
  /** The paths that are no longer kept out. */
  readonly letIn: readonly string[];
}

/** A file that the sync keeps out, with the reason. */
export interface KeptOutFile {
  readonly path: string;
  /** The side whose file it is. */
  readonly side: SideName;
  /** Stable word, e.g. `too_big`. */
  readonly reason: string;
  /** Sentence, with line and column if known. */
  readonly detail: string;
}

/** A merge request with changes of Dot waits for a review. Later changes to it are not announced. */
export interface MergeRequestOpened extends DomainEvent {
  readonly name: 'merge_request.opened.v1';
  readonly runId: string;
  readonly iid: number;
  readonly title: string;
  readonly webUrl: string;
  /** The number of files that differ from the configured branch. */
  readonly changes: number;
}

/** The branch moved but no webhook arrived, although webhooks worked before. */
export interface WebhookSilent extends DomainEvent {
  readonly name: 'webhook.silent.v1';
}

/** Both sides changed a file. The text that lost is kept in its history. */
export interface ConflictFound extends DomainEvent {
  readonly name: 'conflict.found.v1';
  readonly path: string;
  readonly winner: SideName;
}
