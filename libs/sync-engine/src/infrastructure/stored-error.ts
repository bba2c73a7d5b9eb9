import type { RunError } from '../domain/run';
import type { StoredError } from './sync-engine.rows';

export function storedError(error: RunError | null): StoredError | null {
  return error && { ...error, retryAt: error.retryAt?.toISOString() ?? null };
}

export function errorOf(stored: StoredError | null): RunError | null {
  return stored && { ...stored, retryAt: stored.retryAt ? new Date(stored.retryAt) : null };
}
