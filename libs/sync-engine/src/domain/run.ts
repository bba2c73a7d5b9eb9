import type { OrgId } from '@app/kernel';
import { addCounts, NO_COUNTS, type RunCounts } from './run-counts';

export type RunKind = 'initial' | 'push' | 'pull';
export type RunTrigger = 'manual' | 'auto' | 'webhook' | 'poll' | 'configure';
export type RunStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'awaiting_confirmation' | 'cancelled';

/** Why a run does not go on, in the words of the HTTP contract. */
export interface RunError {
  readonly code: string;
  readonly detail: string;
  /** Names whose limit was reached; only `rate_limited` has it. */
  readonly by?: 'gitlab' | 'dot';
  /** Set where it is tried again by itself. */
  readonly retryAt: Date | null;
}

/** One execution of initial sync, push or pull, kept as history. Queued runs are the work that is wanted. */
export interface Run {
  readonly id: string;
  readonly org: OrgId;
  readonly kind: RunKind;
  readonly trigger: RunTrigger;
  readonly status: RunStatus;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly progress: { readonly done: number; readonly total: number };
  readonly counts: RunCounts;
  readonly commits: readonly string[];
  readonly apiCalls: number;
  /** 0 until it first starts; +1 with each start. */
  readonly attempt: number;
  readonly error: RunError | null;
  /** A person has agreed to the deletions this run would make. */
  readonly confirmed: boolean;
  /** The commit that webhooks announced. Null if they named several, or none, or if anything else asks for the run too. */
  readonly announced: string | null;
}

export function newRun(id: string, org: OrgId, kind: RunKind, trigger: RunTrigger, now: Date): Run {
  return {
    id,
    org,
    kind,
    trigger,
    status: 'queued',
    createdAt: now,
    startedAt: null,
    finishedAt: null,
    progress: { done: 0, total: 0 },
    counts: NO_COUNTS,
    commits: [],
    apiCalls: 0,
    attempt: 0,
    error: null,
    confirmed: false,
    announced: null,
  };
}

/** Checks whether both sides have what webhooks announced, and nothing else asks for the run: GitLab need not be asked. */
export function isThere({ kind, announced }: Run, baseCommit: string | null): boolean {
  return kind === 'pull' && announced !== null && announced === baseCommit;
}

export const isOver = (run: Run): boolean => ['succeeded', 'failed', 'cancelled'].includes(run.status);

export function started(run: Run, now: Date): Run {
  return {
    ...run,
    status: 'running',
    startedAt: run.startedAt ?? now,
    attempt: run.attempt + 1,
    error: null,
  };
}

export function ended(
  run: Run,
  status: 'succeeded' | 'failed' | 'cancelled',
  now: Date,
  error: RunError | null = null,
): Run {
  return { ...run, status, finishedAt: now, error };
}

/** Back in the queue: what is pending stays pending. */
export function putBack(run: Run, error: RunError | null = null): Run {
  return { ...run, status: 'queued', error };
}

export function awaitingConfirmation(run: Run, error: RunError): Run {
  return { ...run, status: 'awaiting_confirmation', error };
}

export function counted(run: Run, more: Partial<RunCounts>): Run {
  return { ...run, counts: addCounts(run.counts, more) };
}

export function progressed(run: Run, done: number, total: number): Run {
  return {
    ...run,
    progress: { done: run.progress.done + done, total: Math.max(total, run.progress.done + done) },
  };
}
