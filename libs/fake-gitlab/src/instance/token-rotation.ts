import type { FakeGitLabInstance } from './fake-gitlab-instance';
import type { Token } from './model';
import { badRequest, Refused } from './refusal';

const DAY = 24 * 60 * 60 * 1000;
const A_WEEK = 7;

/**
 * Creates a successor with the same rights and revokes the token (docs/gitlab-api.md#who-am-i). Without an end the
 * successor lives a week.
 */
export function rotate(instance: FakeGitLabInstance, token: Token, end: Date | null): Token {
  if (!instance.features.has('token-self-rotation'))
    throw new Refused({ is: 'bad-parameter', status: 404, error: '404 Not Found' });
  if (token.kind === 'oauth')
    throw new Refused({ is: 'message', status: 405, message: '405 Method Not Allowed' });
  const expiresAt = end ?? inDays(instance, A_WEEK);
  const last = inDays(instance, instance.settings.longestTokenDays);
  if (expiresAt > last) throw badRequest(`Expiration date must be before ${last.toISOString().slice(0, 10)}`);
  token.revoked = true;
  const { user, name, kind, scopes, permissions } = token;
  return instance.givenToken(user, { name, kind, scopes, permissions, expiresAt, previous: token });
}

/** Returns the expiry that gives the successor the token's own lifetime. */
export function endOfSuccessor(instance: FakeGitLabInstance, { createdAt, expiresAt }: Token): Date | null {
  if (!expiresAt) return null;
  const days = (startOfDay(expiresAt).getTime() - startOfDay(createdAt).getTime()) / DAY;
  return inDays(instance, Math.max(1, days));
}

/**
 * Revokes the whole family of a revoked token that requests a rotation. GitLab assumes that it was stolen (automatic
 * reuse detection).
 */
export function revokeFamily(instance: FakeGitLabInstance, token: Token): void {
  const first = firstOf(token);
  for (const other of instance.accounts.allTokens) if (firstOf(other) === first) other.revoked = true;
}

function firstOf(token: Token): Token {
  return token.previous ? firstOf(token.previous) : token;
}

function inDays(instance: FakeGitLabInstance, days: number): Date {
  return startOfDay(new Date(instance.clock.now().getTime() + days * DAY));
}

function startOfDay(time: Date): Date {
  return new Date(time.toISOString().slice(0, 10));
}
