import type { ErrorCode } from '@app/kernel';
import { stopMs } from './back-off';
import type { RunKind } from './run';

/** A stop that a person should end: of pushes only, or of everything. The sync also retries automatically. */
export interface Blocked {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly scope: 'push' | 'all';
  /** Runs that were wanted at the stop, and are wanted again when the sync goes on. */
  readonly kinds: readonly RunKind[];
  /** Number of times that it was tried and stopped again. */
  readonly tries: number;
  /** When it is tried again. */
  readonly retryAt: Date;
}

const ALL_KINDS: readonly RunKind[] = ['initial', 'pull', 'push'];

/** Returns the kinds of runs that may begin at this time. */
export function unblocked(
  { blocked, pushAfter = null }: { readonly blocked: Blocked | null; readonly pushAfter?: Date | null },
  now: Date,
): readonly RunKind[] {
  if (blocked !== null && !isRetryDue(blocked, now)) return blocked.scope === 'push' ? ['pull'] : [];
  return pushAfter !== null && pushAfter > now ? ['initial', 'pull'] : ALL_KINDS;
}

/** Checks whether it is time to retry after the stop. */
export const isRetryDue = (blocked: Blocked | null, now: Date): boolean =>
  blocked !== null && blocked.retryAt <= now;

/** Returns the stop that follows from this one and from an earlier one, if there was one; `random` is from 0 to 1. */
export function blockedToo(
  { blocked }: { readonly blocked: Blocked | null },
  { kinds, ...stop }: Omit<Blocked, 'tries' | 'retryAt'>,
  now: Date,
  random: number,
): Blocked {
  const tries = (blocked?.tries ?? 0) + 1;
  return {
    ...stop,
    kinds: [...new Set([...(blocked?.kinds ?? []), ...kinds])],
    tries,
    retryAt: new Date(now.getTime() + stopMs(tries, random)),
  };
}

/** Returns the stop without runs of this kind, which are no longer wanted; null if no others were. */
export function withoutKind(blocked: Blocked, kind: RunKind): Blocked | null {
  const kinds = blocked.kinds.filter((other) => other !== kind);
  return kinds.length ? { ...blocked, kinds } : null;
}

/** Checks whether the success of a run of this kind shows that the stop is over. */
export const endsBlock = (blocked: Blocked, kind: RunKind): boolean =>
  blocked.scope === 'all' || kind !== 'pull';
