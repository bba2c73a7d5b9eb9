import { withoutCredentials } from '@app/gitlab-sync';

/** Longer than any error needs; more text could be made to cost time. */
const LONGEST = 65_536;
/**
 * Matches text that resembles a GitLab token, a JWT or a password in a URL, even if the inspection treats it as an
 * example. Linear.
 */
const LIKE_SECRETS = /\bgl[a-z]{2,8}-[\w.-]{8,}|\beyJ[\w.-]{20,}|(?<=:\/\/)[^/\s@]+@/g;

/** Returns text from elsewhere without credentials: the last line of defence of the log. */
export function redact(text: string): string {
  return withoutCredentials(text.slice(0, LONGEST).replace(LIKE_SECRETS, '[redacted]'));
}
