import { GitLabRefused, GitLabUnavailable } from '../../errors/answer.errors';
import { InstanceNotGitLab, InstanceUnreachable } from '../../errors/instance.errors';
import { ProjectNotFound } from '../../errors/project.errors';
import { TokenRejected, TokenScopeMissing } from '../../errors/token.errors';
import type { DomainError } from '@app/kernel';
import { GRAPHQL_PATH } from '../api-path';
import { basePathOf } from '../instance-url';
import { transientError } from '../retry';
import type { ErrorBody } from './error-body';

/** Describes the call that GitLab answered. */
export interface About {
  readonly instanceUrl: string;
  /** The path without host and query, e.g. `/api/v4/user`. */
  readonly path: string;
  readonly retryAfterMs?: number;
  /** True if the call may have changed something before it failed. */
  readonly write: boolean;
}

/** Translates answers whose meaning depends on the call; returns undefined to fall back to the rules below. */
export type Translate = (said: ErrorBody) => DomainError | undefined;

export function ifMissing(error: () => DomainError): Translate {
  return ({ status }) => (status === 404 ? error() : undefined);
}

const USER_SHUT_OUT =
  /has been (blocked|deactivated|banned)|password expired|must accept the Terms|pending approval/i;

/** Translates one refusal of GitLab. The order of the lines is the order of precedence. */
export function responseError(
  said: ErrorBody,
  about: About,
  translate: Translate = () => undefined,
): DomainError {
  return (
    transientError(said, about) ??
    redirected(said, about) ??
    tokenTrouble(said) ??
    projectTrouble(said, about) ??
    (said.json ? translate(said) : undefined) ??
    anythingElse(said, about)
  );
}

function tokenTrouble({ status, text, code, neededScopes, json }: ErrorBody): DomainError | undefined {
  // A web page comes from a proxy and says nothing about the token.
  if (!json && !text) return undefined;
  if (status === 401)
    return new TokenRejected(
      /expired/i.test(text) ? 'expired' : /revoked/i.test(text) ? 'revoked' : 'invalid',
    );
  if (status !== 403) return undefined;
  if (code === 'insufficient_granular_scope')
    return new TokenScopeMissing(permissionsIn(text), `GitLab refused the token: ${text}`);
  if (code === 'insufficient_scope')
    return new TokenScopeMissing(
      neededScopes.includes('api') || !neededScopes.length ? ['api'] : neededScopes,
    );
  if (USER_SHUT_OUT.test(text)) return new TokenRejected('blocked');
  return undefined;
}

function projectTrouble({ text }: ErrorBody, { path }: About): DomainError | undefined {
  const project = /\/projects\/(\d+)/.exec(path)?.[1];
  if (!project || !/^404 Project Not Found|for moved projects/i.test(text)) return undefined;
  return new ProjectNotFound(Number(project));
}

function anythingElse({ status, text, json }: ErrorBody, { instanceUrl, path, write }: About): DomainError {
  if (path === '/api/v4/user' && (status === 404 || !json))
    return new InstanceNotGitLab(
      instanceUrl,
      status === 200 ? `answered with a web page for ${path}` : `responded ${status} for ${path}`,
    );
  if (status === 413) return new GitLabRefused(status, text || 'the request is too large');
  if (!json && !text && path !== GRAPHQL_PATH)
    return new GitLabUnavailable(`${status} with a web page instead of an answer`, {
      outcomeUnknown: write && status < 400,
    });
  return new GitLabRefused(status, text || 'no further details');
}

/**
 * Maintenance mode redirects writes (docs/gitlab-api.md#throttling-and-outages). A host that is not the instance's
 * own redirects everything.
 */
function redirected(
  { status, location }: ErrorBody,
  { instanceUrl, path, write }: About,
): DomainError | undefined {
  if (status < 300 || status >= 400) return undefined;
  const target = URL.canParse(location, instanceUrl) ? new URL(location, instanceUrl) : null;
  const here = new URL(instanceUrl);
  if (target?.protocol === 'https:' && here.protocol === 'http:' && target.hostname === here.hostname)
    return new InstanceUnreachable(
      instanceUrl,
      `it redirects to ${target.origin}${basePathOf(instanceUrl)}; use that URL`,
    );
  if (path === '/api/v4/user')
    return new InstanceNotGitLab(instanceUrl, `redirected ${path} to ${target?.origin ?? 'nowhere'}`);
  return new GitLabUnavailable(write ? 'it redirects writes, as in maintenance mode' : 'it redirects reads');
}

/** Extracts the list from "… with the following project permissions: [Project: Read, Commit: Create]." */
function permissionsIn(text: string): string[] {
  return (/\[([^\]]+)\]/.exec(text)?.[1] ?? 'fine-grained permission').split(',').map((part) => part.trim());
}
