import type { TokenLifecycle, TokenFacts } from './connection';

export const DAY = 24 * 60 * 60 * 1000;

/** Days before the end of a token at which a person is told. */
const WARN_AT = [1, 7, 14] as const;
/** A token that rotates itself is spoken of only once that is late. */
const WARN_AT_LATE = [1, 7] as const;

export type WarningDays = (typeof WARN_AT)[number];

/** A warning that was given; JSON-safe, as it is stored. */
export interface ExpiryWarning {
  /** ISO 8601: of the token that was spoken of. */
  readonly expiresAt: string;
  readonly days: WarningDays;
}

export const FIRST_WARNING_MS = Math.max(...WARN_AT) * DAY;

type Expiring = Pick<TokenFacts, 'expiresAt'> & Pick<TokenLifecycle, 'selfRotation' | 'rotation'>;

/** Whether a person has to do something about the token: it is about to expire, it did, or its successor was lost. */
export function needsAttention(connection: Expiring, now: Date): boolean {
  const { expiresAt, rotation } = connection;
  if (rotation?.state === 'lost') return true;
  return expiresAt !== null && (expiresAt <= now || stageOf(connection, now) !== null);
}

/** The warning that is due and was not given yet; each is given once for a token, and never an earlier one after a later. */
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
