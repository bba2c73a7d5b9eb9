import { inert, type Author } from '@app/kernel';
import type { Run, RunError } from '../domain/run';

/** A run as shown to people. */
export interface RunView {
  readonly id: string;
  readonly kind: Run['kind'];
  readonly trigger: Run['trigger'];
  readonly status: Run['status'];
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly progress: Run['progress'];
  readonly counts: Run['counts'];
  /** The commits it made on GitLab; of a pull, those it took, oldest first. */
  readonly commits: readonly string[];
  /** Requests it sent to GitLab. */
  readonly apiCalls: number;
  /** 0 until it first starts. */
  readonly attempt: number;
  readonly error: RunErrorView | null;
  /** GitLab's newest commit that it reached. */
  readonly head: string | null;
  /** The first line of the message of the newest commit that it took or made. */
  readonly title: string | null;
  /** The author of that commit. */
  readonly author: Author | null;
  /** The person who requested it. */
  readonly requestedBy: string | null;
  /** The answer of an admin to a closed merge request that it carries out. */
  readonly intent: Run['intent'];
}

/** Why a run does not go on, as shown to people. */
export interface RunErrorView extends Pick<RunError, 'code' | 'detail' | 'by'> {
  /** Set if it is retried automatically. */
  readonly retryAt: string | null;
}

export function runView({
  org: _,
  confirmed: __,
  kept: ___,
  announced: ____,
  traces: _____,
  error,
  took,
  ...run
}: Run): RunView {
  return {
    ...run,
    commits: [...took, ...run.commits],
    title: run.title && inert(run.title),
    author: run.author && authorView(run.author),
    requestedBy: run.requestedBy && inert(run.requestedBy),
    createdAt: run.createdAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
    error: error && {
      ...error,
      detail: inert(error.detail),
      retryAt: error.retryAt?.toISOString() ?? null,
    },
  };
}

export const authorView = ({ name, email }: Author): Author => ({ name: inert(name), email: inert(email) });
