import { DatabaseUnavailable, DomainError, type ErrorCode } from '@app/kernel';
import type { RateLimited } from '@app/gitlab';
import type { RunError } from './run';
import type { Blocked } from './blocked';
import { LeaseLost, MassDeleteUnconfirmed, RunOver } from './sync.errors';

/** Consequence of a failed pass. */
export type RetryDecision =
  /** Somebody else decides now: record nothing. */
  | { readonly kind: 'ignore' }
  /** A person has to confirm the run before it continues. */
  | { readonly kind: 'confirm'; readonly code: ErrorCode; readonly detail: string }
  | {
      readonly kind: 'retry';
      readonly code: ErrorCode;
      readonly detail: string;
      /** Names whose limit was reached. */
      readonly by?: RunError['by'];
      readonly afterMs?: number;
      readonly bug?: boolean;
    }
  | {
      readonly kind: 'block';
      readonly code: ErrorCode;
      readonly detail: string;
      readonly scope: Blocked['scope'];
      readonly bug?: boolean;
    };

/** Refusals that concern only writing: pulls go on. */
const PUSH_ONLY: readonly ErrorCode[] = [
  'branch_protected',
  'project_archived',
  'push_refused',
  'merge_requests_disabled',
  'merge_request_retargeted',
  'work_branch_refused',
  'work_branch_name_taken',
];
const DATABASE_AWAY =
  "Dot's database could not be reached in the middle of the sync. Nothing is lost; the sync is retried automatically.";
/** Number of attempts at an unexpected error before a person has to act. */
const PATIENCE = 8;

export function decideRetry(error: unknown, failures: number): RetryDecision {
  if (error instanceof LeaseLost || error instanceof RunOver) return { kind: 'ignore' };
  if (error instanceof DatabaseUnavailable) return { kind: 'retry', code: error.code, detail: DATABASE_AWAY };
  if (!(error instanceof DomainError)) return unforeseen(failures);
  const { code, message: detail } = error;
  if (error instanceof MassDeleteUnconfirmed) return { kind: 'confirm', code, detail };
  if (error.kind === 'unavailable' || error.kind === 'conflict')
    return { kind: 'retry', code, detail, ...limiterOf(error), afterMs: error.retryAfterMs };
  return { kind: 'block', code, detail, scope: PUSH_ONLY.includes(code) ? 'push' : 'all' };
}

function limiterOf(error: DomainError): Pick<RunError, 'by'> {
  return error.code === 'rate_limited' ? { by: (error as RateLimited).by } : {};
}

function unforeseen(failures: number): RetryDecision {
  const code = 'internal';
  if (failures < PATIENCE) {
    return {
      kind: 'retry',
      code,
      detail: 'Something unexpected happened on our side. The sync is retried automatically.',
      bug: true,
    };
  }
  const detail =
    'Something unexpected keeps happening on our side. Nothing is lost; report the run, then push or pull to try again.';
  return { kind: 'block', code, detail, scope: 'all', bug: true };
}
