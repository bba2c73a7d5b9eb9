/** Attempts at one report: it is tried again a few times, ever later, and then given up. */
export const MOST_ATTEMPTS = 5;

/** Attempts whose outcome is unknown: after a crash or a lost answer, the report is sent once more. */
export const MOST_DOUBTS = 2;

/** Leases that pass before an attempt counts as interrupted: two minutes by default, longer than a call to GitLab. */
export const LEASES_PER_ATTEMPT = 4;

const FIRST_WAIT_MS = 15_000;

/** Returns the wait before the next attempt, at least as long as GitLab asks for. */
export const waitAfter = (attempts: number, retryAfterMs = 0): number =>
  Math.max(retryAfterMs, FIRST_WAIT_MS * 4 ** (attempts - 1));
