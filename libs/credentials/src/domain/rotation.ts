import type { TokenLifecycle, TokenFacts } from './connection';
import { DAY } from './expiry';

/** JSON-safe, as it is stored. */
export interface Rotation {
  readonly id: string;
  /**
   * `begun`: GitLab may or may not have been asked, and nobody is to take its word on the token meanwhile. `refused`: it gave no
   * successor, the token lives on. `lost`: it gave one that was never stored; the token is dead.
   */
  readonly state: 'begun' | 'refused' | 'lost';
  /** ISO 8601. */
  readonly at: string;
  /** For a person: why it was refused. */
  readonly problem: string | null;
}

type Rotating = Pick<TokenFacts, 'expiresAt'> & TokenLifecycle & { readonly connectedAt: Date };

/**
 * Whether it is time to ask GitLab for a successor: `beforeMs` before the end, though never in the first half of the time we have
 * the token, so that short-lived ones are not rotated over and over. A refusal is worth another try a day later.
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
