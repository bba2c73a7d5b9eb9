import type { TokenLifecycle, TokenFacts } from './connection';

export const DAY = 24 * 60 * 60 * 1000;

/** Days before the end of a token, at which its admins are warned. */
export type WarningDays = 1 | 7 | 14;

/** Days before expiry at which a person is warned. */
const WARN_AT: readonly WarningDays[] = [1, 7, 14];
/** Self-rotating tokens are warned about only when their rotation is late. */
const WARN_AT_LATE: readonly WarningDays[] = [1, 7];

/** A sent warning; JSON-safe for storage. */
export interface ExpiryWarning {
  /** ISO 8601: the expiry of the token that the warning was about. */
  readonly expiresAt: string;
  readonly days: WarningDays;
}

export const FIRST_WARNING_MS = Math.max(...WARN_AT) * DAY;

type Expiring = Pick<TokenFacts, 'expiresAt'> & Pick<TokenLifecycle, 'selfRotation' | 'rotation'>;

/** Returns whether a person must act on the token: it is about to expire, has expired, or its successor was lost. */
export function needsAttention(connection: Expiring, now: Date): boolean {
  const { expiresAt, rotation } = connection;
  if (rotation?.state === 'lost') return true;
  return expiresAt !== null && (expiresAt <= now || stageOf(connection, now) !== null);
}

/**
 * Returns the warning that is due and not yet sent. Each is sent once per token, never an earlier one after a later
 * one.
 */
export function warningDue(
  connection: Expiring & Pick<TokenLifecycle, 'warned'>,
  now: Date,
): ExpiryWarning | null {
  const { expiresAt, warned } = connection;
  const days = stageOf(connection, now);
  if (!expiresAt || expiresAt <= now || days === null) return null;
  const warning = { expiresAt: expiresAt.toISOString(), days };
  const given = warned?.expiresAt === warning.expiresAt && warned.days <= days;
  return given ? null : warning;
}

function stageOf({ expiresAt, selfRotation, rotation }: Expiring, now: Date): WarningDays | null {
  if (!expiresAt) return null;
  const left = expiresAt.getTime() - now.getTime();
  const stages: readonly WarningDays[] =
    selfRotation && rotation?.state !== 'refused' ? WARN_AT_LATE : WARN_AT;
  return stages.find((days) => left <= days * DAY) ?? null;
}
