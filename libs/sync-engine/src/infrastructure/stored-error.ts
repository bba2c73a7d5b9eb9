import type { ErrorCode } from '@app/kernel';
import type { RunError } from '../domain/run';
import type { Blocked } from '../domain/blocked';

export interface StoredError {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly by?: RunError['by'];
  readonly retryAt: string | null;
}

export type StoredBlocked = Omit<Blocked, 'tries' | 'retryAt'> & {
  readonly tries?: number;
  readonly retryAt?: string;
};

export function storedError(error: RunError | null): StoredError | null {
  return error && { ...error, retryAt: error.retryAt?.toISOString() ?? null };
}

export function errorOf(stored: StoredError | null): RunError | null {
  return stored && { ...stored, retryAt: stored.retryAt ? new Date(stored.retryAt) : null };
}

export function storedBlocked(blocked: Blocked | null): StoredBlocked | null {
  return blocked && { ...blocked, retryAt: blocked.retryAt.toISOString() };
}

/** Reads a stop; one that was stored without a time is tried again soon. */
export function blockedOf(stored: StoredBlocked | null): Blocked | null {
  return stored && { ...stored, tries: stored.tries ?? 0, retryAt: new Date(stored.retryAt ?? 0) };
}
