import type { TokenLifecycle, TokenFacts } from './connection';
import { DAY } from './expiry';

/** JSON-safe, for storage. */
export interface Rotation {
  readonly id: string;
  /**
   * `begun`: GitLab may or may not have been asked, so its verdict on the token does not count meanwhile. `refused`:
   * GitLab made no successor, and the token still works. `lost`: GitLab made a successor that was never stored, and
   * the token is dead.
   */
  readonly state: 'begun' | 'refused' | 'lost';
  /** ISO 8601. */
  readonly at: string;
  /** The reason of a refusal, for a person. */
  readonly problem: string | null;
}

type Rotating = Pick<TokenFacts, 'expiresAt'> & TokenLifecycle & { readonly connectedAt: Date };

/**
 * Returns whether to ask GitLab for a successor: `beforeMs` before expiry, but not in the first half of the time we
 * hold the token. This avoids repeated rotation of short-lived tokens. After a refusal it retries a day later.
 */
export function dueForRotation(connection: Rotating, now: Date, beforeMs: number): boolean {
  const { selfRotation, expiresAt, rotation, rotatedAt, connectedAt } = connection;
  if (!selfRotation || !expiresAt || rotation?.state === 'lost') return false;
  if (rotation?.state === 'begun') return true;
  if (rotation && now.getTime() - Date.parse(rotation.at) < DAY) return false;
  const left = expiresAt.getTime() - now.getTime();
  const half = (expiresAt.getTime() - (rotatedAt ?? connectedAt).getTime()) / 2;
  return left > 0 && left <= Math.min(beforeMs, half);
}
