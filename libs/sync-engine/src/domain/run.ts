import type { Commit } from '@app/gitlab';
import type { Author, ErrorCode, OrgId } from '@app/kernel';
import { addCounts, NO_COUNTS, type RunCounts } from './run-counts';

/** Result of reading GitLab's branch. */
interface Arrival {
  readonly head: Commit | null;
  /** Commits since the base, as far as they are known; oldest first. */
  readonly commits: readonly Commit[];
}

/** `initial` brings both sides together; after it, runs push or pull. */
export type RunKind = 'initial' | 'push' | 'pull';
/** The cause of the first request. */
export type RunTrigger = 'manual' | 'auto' | 'webhook' | 'poll' | 'configure';
/** The state of a run. */
export type RunStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'awaiting_confirmation' | 'cancelled';

/** Opens the merge request again after a refusal, or takes the target's texts back. */
export type RunIntent = 'propose' | 'discard';

/** Why a run does not go on, in the words of the HTTP contract. */
export interface RunError {
  readonly code: ErrorCode;
  readonly detail: string;
  /** Names whose limit was reached; only `rate_limited` has it. */
  readonly by?: 'gitlab' | 'dot';
  /** Set if it is retried automatically. */
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
  /** A person wants the files back on GitLab instead. */
  readonly kept: boolean;
  /** The wish of a person about the proposal; null if there is none. */
  readonly intent: RunIntent | null;
  /** GitLab's newest commit that it reached: the newest it took or made. */
  readonly head: string | null;
  /** The first line of that commit's message, and its author; null if it neither took nor made one, or as far as it is not known. */
  readonly title: string | null;
  readonly author: Author | null;
  /** The commits a pull took, oldest first. */
  readonly took: readonly string[];
  /** Person who requested it first. */
  readonly requestedBy: string | null;
  /** The commit that webhooks announced. Null if they named several, or none, or if anything else asks for the run too. */
  readonly announced: string | null;
  /** Places in traces that asked for it, the first one first. */
  readonly traces: readonly string[];
}

/** A run that more requests ask for is linked with the first ones only. */
export const MOST_TRACES = 32;

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
    kept: false,
    intent: null,
    head: null,
    title: null,
    author: null,
    took: [],
    requestedBy: null,
    announced: null,
    traces: [],
  };
}

/**
 * Checks whether another run brought the announced commit, and nothing else asks for this one: then GitLab is not asked. A run
 * that took the commit itself may still have to ask about deletions.
 */
export function isThere({ kind, announced, head, confirmed, kept }: Run, baseCommit: string | null): boolean {
  const isWanted = confirmed || kept || head !== null;
  return kind === 'pull' && !isWanted && announced !== null && announced === baseCommit;
}

export const isOver = ({ status }: Pick<Run, 'status'>): boolean =>
  ['succeeded', 'failed', 'cancelled'].includes(status);

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

/** Returns the run to the queue: pending changes stay pending. */
export function putBack(run: Run, error: RunError | null = null): Run {
  return { ...run, status: 'queued', error };
}

export function awaitingConfirmation(run: Run, error: RunError): Run {
  return { ...run, status: 'awaiting_confirmation', confirmed: false, kept: false, error };
}

export function counted(run: Run, more: Partial<RunCounts>): Run {
  return { ...run, counts: addCounts(run.counts, more) };
}

/** More commits than this a pull does not list. */
const MOST_TAKEN = 200;
const LONGEST_TITLE = 200;

export const titleOf = (message: string): string => message.split('\n', 1)[0].slice(0, LONGEST_TITLE);

/** Notes the head that was read from GitLab, and the commits on the way. */
export function cameTo(run: Run, { head, commits }: Arrival, base: string | null): Run {
  if (!head || head.id === base) return { ...run, head: head?.id ?? run.head };
  if (run.kind === 'push') return { ...run, head: head.id };
  const ids = [...run.took, ...(commits.length ? commits : [head]).map(({ id }) => id)];
  const took = run.kind === 'pull' ? [...new Set(ids)].slice(-MOST_TAKEN) : [];
  return { ...run, head: head.id, title: titleOf(head.message), author: head.author, took };
}

export function progressed(run: Run, done: number, total: number): Run {
  return {
    ...run,
    progress: { done: run.progress.done + done, total: Math.max(total, run.progress.done + done) },
  };
}
